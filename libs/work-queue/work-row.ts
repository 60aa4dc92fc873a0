import type { Connection, mongo } from 'mongoose';
import { getDatabase } from '#libs/persistence/index.js';

/** `waiting` for its due time, `running` under a lease, `done`, or `dead` until an operator revives it. */
export type WorkState = 'waiting' | 'running' | 'done' | 'dead';

/** Work with a due time. The row is the source of truth; a BullMQ job only wakes a worker up. */
export interface WorkRow {
  /** `<queue>/<key>`. */
  readonly _id: string;
  readonly queue: string;
  readonly kind: string;
  readonly key: string;
  readonly organizationId: string;
  readonly payload: object;
  readonly state: WorkState;
  readonly dueAt: Date;
  /** Number of moves while waiting. Every move increments it, so that a concurrent claim conflicts. */
  readonly moves: number;
  /** Attempts since it was scheduled, without those that ended because the database was unavailable. */
  readonly attempts: number;
  readonly lease: WorkRowLease | null;
  /** The last failure. */
  readonly failure: WorkFailure | null;
  /** W3C trace context of the transaction that scheduled the work. */
  readonly trace: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  /** Set when done. The row is removed `doneRetentionDays` later. */
  readonly doneAt?: Date;
}

/** The claim of one process on a row, until a time. */
export interface WorkRowLease {
  /** Random; identifies the claim. */
  readonly token: string;
  readonly until: Date;
}

/** The error of the last failed attempt. */
export interface WorkFailure {
  readonly code: string;
  readonly message: string;
  readonly at: Date;
}

/** @returns the id of a row, `<queue>/<key>` */
export const toWorkId = (queue: string, key: string): string => `${queue}/${key}`;

/** Returns the collection of due work of the app’s database. */
export function getWorkCollection(connection: Connection): mongo.Collection<WorkRow> {
  return getDatabase(connection).collection<WorkRow>('work');
}

/** Creates the indexes for finding due work and deleting completed work. */
export async function ensureWorkIndexes(connection: Connection, doneRetentionDays: number): Promise<void> {
  await getWorkCollection(connection).createIndexes([
    { key: { state: 1, dueAt: 1 }, name: 'due' },
    { key: { doneAt: 1 }, name: 'retention', expireAfterSeconds: doneRetentionDays * 86_400 },
  ]);
}
