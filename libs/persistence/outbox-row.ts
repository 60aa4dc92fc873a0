import type { Connection, Types, mongo } from 'mongoose';

/**
 * An event that is decided. Written in the transaction of the state change it tells of; the relay publishes it and
 * then sets `publishedAt`.
 */
export interface OutboxRow {
  /** The envelope's id is its hexadecimal text. Ascending within a process, so within a transaction. */
  readonly _id: Types.ObjectId;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly subject: string;
  /** The `EventEnvelope` as JSON, as it will travel: the relay does not parse it. */
  readonly envelope: string;
  /** W3C trace context of the transaction. */
  readonly trace: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  /** Which process wrote it, so that its relay need not be told of what it knows. */
  readonly writer: string;
  /** Present, and true, until published: the truth about what is still to send, by a partial index. */
  readonly unsent?: true;
  readonly publishedAt?: Date;
}

export const OUTBOX = 'outbox';

/** The database of a connection that is open. */
export function databaseOf(connection: Connection): mongo.Db {
  if (!connection.db) throw new Error('The MongoDB connection is not open yet; await it before using its database.');
  return connection.db;
}

export function outboxOf(connection: Connection): mongo.Collection<OutboxRow> {
  return databaseOf(connection).collection<OutboxRow>(OUTBOX);
}

/**
 * Creates the outbox's indexes; harmless when they exist.
 * @param retentionDays how long a published row stays, so that a lost broker can be republished from
 */
export async function ensureOutboxIndexes(connection: Connection, retentionDays: number): Promise<void> {
  await outboxOf(connection).createIndexes([
    { key: { aggregate: 1, aggregateId: 1, sequence: 1 }, name: 'one_event_per_sequence', unique: true },
    { key: { unsent: 1, _id: 1 }, name: 'unsent', partialFilterExpression: { unsent: true } },
    { key: { publishedAt: 1 }, name: 'retention', expireAfterSeconds: retentionDays * 86_400 },
  ]);
}
