import type { Connection, Types, mongo } from 'mongoose';

/**
 * An event to publish. It is written in the transaction of its state change. The relay publishes it and sets
 * `publishedAt`.
 */
export interface OutboxRow {
  /** Its hexadecimal form is the envelope's id. Ascends within a process, and therefore within a transaction. */
  readonly _id: Types.ObjectId;
  /** The kind of the aggregate. */
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly subject: string;
  /** The `EventEnvelope` as JSON, exactly as it is published: the relay does not parse it. */
  readonly envelope: string;
  /** W3C trace context of the transaction. */
  readonly trace: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  /**
   * The id of the process that wrote the row. Its relay already has the row, and filters it out of the change stream.
   */
  readonly writer: string;
  /** Present and true until published. A partial index finds the unpublished rows by it. */
  readonly unsent?: true;
  readonly publishedAt?: Date;
}

const OUTBOX_COLLECTION = 'outbox';

/** @throws Error when the connection is not open */
export function getDatabase(connection: Connection): mongo.Db {
  if (!connection.db) throw new Error('The MongoDB connection is not open yet; await it before using its database.');
  return connection.db;
}

/** Returns the outbox of the app’s database. */
export function getOutboxCollection(connection: Connection): mongo.Collection<OutboxRow> {
  return getDatabase(connection).collection<OutboxRow>(OUTBOX_COLLECTION);
}

/**
 * Creates the indexes of the outbox. Idempotent.
 * @param retentionDays how long published rows stay, so that they can be republished to a broker that lost its streams
 */
export async function ensureOutboxIndexes(connection: Connection, retentionDays: number): Promise<void> {
  await getOutboxCollection(connection).createIndexes([
    { key: { aggregate: 1, aggregateId: 1, sequence: 1 }, name: 'one_event_per_sequence', unique: true },
    { key: { unsent: 1, _id: 1 }, name: 'unsent', partialFilterExpression: { unsent: true } },
    { key: { publishedAt: 1 }, name: 'retention', expireAfterSeconds: retentionDays * 86_400 },
  ]);
}
