import type { Connection, mongo } from 'mongoose';
import { withTimeout } from './bounded-operation.js';
import { isDuplicateKey } from './mongo-errors.js';
import { getDatabase } from './outbox-row.js';

interface LeaseRow {
  readonly _id: string;
  readonly holder: string;
  readonly until: Date;
}

/**
 * Mutual exclusion across all replicas of an app, by a document with an expiry time. The database's clock decides, so
 * the clocks of replicas may differ. A stalled holder can overlap with its successor, so the guarded work must be
 * harmless when it runs twice.
 */
export class Lease {
  private readonly rows: mongo.Collection<LeaseRow>;

  /**
   * @param holder unique to this process
   * @param durationMs time after the last renewal until others can acquire it
   */
  constructor(
    connection: Connection,
    private readonly name: string,
    private readonly holder: string,
    private readonly durationMs: number,
  ) {
    // Holders renew a lease often, and losing one in a crash is harmless, so its writes do not wait for the journal.
    this.rows = getDatabase(connection).collection<LeaseRow>('leases', { writeConcern: { w: 1, j: false } });
  }

  /**
   * Acquires or renews the lease.
   * @returns whether this process holds it
   */
  async acquire(): Promise<boolean> {
    const canAcquire = { $or: [{ $lte: ['$until', '$$NOW'] }, { $eq: ['$holder', this.holder] }] };
    const update = {
      holder: { $cond: [canAcquire, { $literal: this.holder }, '$holder'] },
      until: { $cond: [canAcquire, { $add: ['$$NOW', this.durationMs] }, '$until'] },
    };
    const options = { upsert: true, returnDocument: 'after' as const };
    try {
      const row = await withTimeout(this.rows.findOneAndUpdate({ _id: this.name }, [{ $set: update }], options));
      return row?.holder === this.holder;
    } catch (error) {
      // Two processes created the document at once, and the other one holds the lease.
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Releases the lease at once. Does nothing when it is not held. */
  async release(): Promise<void> {
    await withTimeout(this.rows.deleteOne({ _id: this.name, holder: this.holder }));
  }
}
