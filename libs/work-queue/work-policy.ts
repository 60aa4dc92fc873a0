import { createHash } from 'node:crypto';
import type { WorkRow } from './work-row.js';

/** The state of work after a failed attempt. */
export type NextState = { readonly state: 'waiting'; readonly dueAt: Date } | { readonly state: 'dead' };

/**
 * Decides the next state of work whose handler failed or whose process died.
 * @param attempts attempts so far, including this one
 * @param backOffMs delays before the second, third, … attempt; after the last one the work is dead
 */
export function decideAfterFailure(attempts: number, now: Date, backOffMs: readonly number[]): NextState {
  const delayMs = backOffMs[attempts - 1];
  return delayMs === undefined ? { state: 'dead' } : { state: 'waiting', dueAt: new Date(now.getTime() + delayMs) };
}

/**
 * Returns the back-off between writes while the database is unavailable: its ceiling doubles from 100 ms up to 2 s,
 * with jitter.
 * @param failures failed writes before the current one
 * @returns milliseconds, between half of the ceiling and the ceiling
 */
export function getOutageBackOffMs(failures: number, random: () => number = Math.random): number {
  return Math.min(2_000, 100 * 2 ** failures) * (0.5 + random() / 2);
}

/** What the sweeper does with a due row: nothing, send another wake-up, or run the work itself. */
export type SweepAction = 'leave' | 'wake' | 'run';

/**
 * Decides what the sweeper does with a due row: nothing while its own wake-up may still arrive, then another wake-up,
 * and after `runAfterMs` it runs the work itself. While Redis is unavailable it runs the work at once.
 */
export function chooseSweepAction(
  overdueMs: number,
  { wakeUpAfterMs, runAfterMs, canWake }: { wakeUpAfterMs: number; runAfterMs: number; canWake: boolean },
): SweepAction {
  if (!canWake || overdueMs >= runAfterMs) return 'run';
  return overdueMs >= wakeUpAfterMs ? 'wake' : 'leave';
}

/**
 * Returns the BullMQ job id for one due time of one row. A repeated wake-up has the same id, so BullMQ drops it. A
 * moved row has a new id. The row id is hashed because BullMQ rejects `:` in job ids.
 */
export function toWakeUpId(row: Pick<WorkRow, '_id' | 'dueAt'>): string {
  const hash = createHash('sha256').update(row._id).digest('base64url').slice(0, 22);
  return `${hash}-${row.dueAt.getTime()}`;
}
