import type { Transaction } from '#libs/persistence/index.js';
import type { NewWork, ScheduleResult, WorkItem, WorkState } from '#libs/work-queue/index.js';
import type { MemoryStore } from './memory-store.js';

const WORK_COLLECTION = 'work';

interface Row extends NewWork {
  readonly _id: string;
  readonly state: WorkState;
  readonly attempts: number;
}

/**
 * An in-memory work queue with the rules of the real one: work waits under its key, can be rescheduled while it waits,
 * and is performed once.
 */
export class MemoryWorkQueue {
  constructor(private readonly store: MemoryStore) {}

  schedule(_tx: Transaction, work: NewWork): Promise<ScheduleResult> {
    const _id = `${work.queue}/${work.key}`;
    const existing = this.row(_id);
    if (existing && existing.state !== 'waiting') return Promise.resolve(existing.state);
    this.put({ ...work, _id, state: 'waiting', attempts: 0 });
    return Promise.resolve(existing ? 'moved' : 'scheduled');
  }

  cancel(_tx: Transaction, { queue, key }: Pick<NewWork, 'queue' | 'key'>): Promise<boolean> {
    const _id = `${queue}/${key}`;
    const isWaiting = this.row(_id)?.state === 'waiting';
    if (isWaiting) this.store.remove(WORK_COLLECTION, _id);
    return Promise.resolve(isWaiting);
  }

  /** Waiting work, the earliest due first. */
  waiting(): readonly Row[] {
    return this.rows()
      .filter(({ state }) => state === 'waiting')
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a._id < b._id ? -1 : 1));
  }

  /** Claims work that is due. */
  claim(id: string, now: Date): WorkItem | undefined {
    const waiting = this.row(id);
    if (waiting?.state !== 'waiting' || waiting.dueAt > now) return undefined;
    const row: Row = { ...waiting, state: 'running', attempts: waiting.attempts + 1 };
    this.put(row);
    const { queue, kind, key, organizationId, payload, dueAt, attempts } = row;
    return {
      queue,
      kind,
      key,
      organizationId,
      payload,
      dueAt,
      attempt: attempts,
      complete: () => Promise.resolve(this.put({ ...row, state: 'done' })),
      postpone: (_tx, until) => Promise.resolve(this.put({ ...row, state: 'waiting', dueAt: until })),
      cancelOtherItems: () => {
        const others = this.waiting().filter((other) => other.kind === kind && other.dueAt <= now);
        for (const other of others) this.store.remove(WORK_COLLECTION, other._id);
        return Promise.resolve();
      },
    };
  }

  /** Completes or postpones work that its handler neither completed nor postponed. */
  settle(id: string, retryAt?: Date): void {
    const row = this.row(id);
    if (row?.state === 'running')
      this.put(retryAt ? { ...row, state: 'waiting', dueAt: retryAt } : { ...row, state: 'done' });
  }

  private rows(): Row[] {
    return [...this.store.documents(WORK_COLLECTION).values()] as unknown as Row[];
  }

  private row(id: string): Row | undefined {
    return this.store.documents(WORK_COLLECTION).get(id) as unknown as Row | undefined;
  }

  private put(row: Row): void {
    this.store.put(WORK_COLLECTION, row as unknown as { _id: string });
  }
}
