import type { mongo } from 'mongoose';
import { CodedError } from '#libs/contracts/kernel/index.js';
import { withTimeout, parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { WorkItem } from './work-handler.js';
import type { WorkRow } from './work-row.js';

/** A row that this process holds a lease on. */
export type ClaimedRow = WorkRow & { readonly lease: { readonly token: string } };

/** @param now the time from which the row is kept for `doneRetentionDays` */
export const toDoneUpdate = (now: Date): mongo.UpdateFilter<WorkRow> => ({
  $set: { state: 'done', lease: null, failure: null, doneAt: now },
});
/** Postponed work starts again at attempt 1, because postponing is not a failure. */
export const toPostponedUpdate = (dueAt: Date): mongo.UpdateFilter<WorkRow> => ({
  $set: { state: 'waiting', lease: null, failure: null, attempts: 0, dueAt },
});

/** A claimed row, as its handler receives it. */
export class ClaimedItem implements WorkItem {
  /** How the handler settled the row in a committed transaction; `null` if it did not. */
  settled: 'done' | 'postponed' | null = null;
  readonly queue: string;
  readonly kind: string;
  readonly key: string;
  readonly organizationId: WorkItem['organizationId'];
  readonly payload: object;
  readonly dueAt: Date;
  readonly attempt: number;

  constructor(
    private readonly rows: mongo.Collection<WorkRow>,
    private readonly row: ClaimedRow,
    private readonly now: () => Date,
  ) {
    this.queue = row.queue;
    this.kind = row.kind;
    this.key = row.key;
    this.organizationId = parseOrganizationId(row.organizationId);
    this.payload = row.payload;
    this.dueAt = row.dueAt;
    this.attempt = row.attempts;
  }

  async complete(tx: Transaction): Promise<void> {
    await this.settleWith(tx, 'done', toDoneUpdate(this.now()));
  }

  async cancelOtherItems(): Promise<void> {
    const { _id, queue, kind, organizationId: rowOrganizationId } = this.row;
    const due = { state: 'waiting' as const, dueAt: { $lte: this.now() } };
    await withTimeout(
      this.rows.deleteMany({ ...due, queue, kind, organizationId: rowOrganizationId, _id: { $ne: _id } }),
    );
  }

  async postpone(tx: Transaction, dueAt: Date): Promise<void> {
    await this.settleWith(tx, 'postponed', toPostponedUpdate(dueAt));
  }

  /**
   * Writes the new state of the row if this process still holds the lease.
   * @returns whether it held the lease
   */
  async settle(update: mongo.UpdateFilter<WorkRow>, tx?: Transaction): Promise<boolean> {
    const held = { _id: this.row._id, state: 'running' as const, 'lease.token': this.row.lease.token };
    const result = await withTimeout(this.rows.updateOne(held, update, tx ? { session: tx.session } : {}));
    return result.matchedCount === 1;
  }

  private async settleWith(
    tx: Transaction,
    outcome: 'done' | 'postponed',
    update: mongo.UpdateFilter<WorkRow>,
  ): Promise<void> {
    if (!(await this.settle(update, tx))) {
      throw new CodedError(
        'lease_lost',
        `Another worker holds the lease of work ${this.row._id}; the transaction must not commit.`,
      );
    }
    tx.afterCommit(() => {
      this.settled = outcome;
    });
  }
}
