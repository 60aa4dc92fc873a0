import type { Connection, mongo } from 'mongoose';
import { answerInTime } from './bounded-operation.js';
import { isDuplicateKey } from './mongo-errors.js';
import { databaseOf } from './outbox-row.js';

interface LeaseRow {
  readonly _id: string;
  readonly holder: string;
  readonly until: Date;
}

/**
 * "One at a time" over all replicas of an app, by a document with an expiry. The database's clock judges, so replicas'
 * clocks may differ. A holder that stalls can overlap with its successor: what a lease guards must be harmless when
 * done twice.
 */
export class Lease {
  private readonly rows: mongo.Collection<LeaseRow>;

  /** @param holder unique to this process @param durationMs how long after its last renewal it falls to others */
  constructor(
    connection: Connection,
    private readonly name: string,
    private readonly holder: string,
    private readonly durationMs: number,
  ) {
    // Renewed every second and harmless to lose: not worth a journal sync each.
    this.rows = databaseOf(connection).collection<LeaseRow>('leases', { writeConcern: { w: 1, j: false } });
  }

  /** Takes the lease, or renews it. @returns whether it is held */
  async acquire(): Promise<boolean> {
    const free = { $or: [{ $lte: ['$until', '$$NOW'] }, { $eq: ['$holder', this.holder] }] };
    const taken = {
      holder: { $cond: [free, { $literal: this.holder }, '$holder'] },
      until: { $cond: [free, { $add: ['$$NOW', this.durationMs] }, '$until'] },
    };
    const options = { upsert: true, returnDocument: 'after' as const };
    try {
      const row = await answerInTime(this.rows.findOneAndUpdate({ _id: this.name }, [{ $set: taken }], options));
      return row?.holder === this.holder;
    } catch (error) {
      // Two made the first row at once; the other one has it.
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Lets others have it at once; harmless when it is not held. */
  async release(): Promise<void> {
    await answerInTime(this.rows.deleteOne({ _id: this.name, holder: this.holder }));
  }
}
