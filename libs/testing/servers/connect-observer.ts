import mongoose from 'mongoose';

/**
 * Connects a test to the database of an app. Reads with read concern `majority`, as the apps do: a test that saw a
 * write before the majority had it would find that the app does not have it yet. The concern must be an option of the
 * connection, because Mongoose ignores it where a collection is opened.
 * @param mongoUri includes the database name that is the prefix of the apps' databases
 */
export function connectObserver(mongoUri: string, app: string): Promise<mongoose.Connection> {
  const prefix = new URL(mongoUri).pathname.slice(1) || 'delauto';
  return mongoose
    .createConnection(mongoUri, { dbName: `${prefix}_${app}`, readConcern: { level: 'majority' } })
    .asPromise();
}
