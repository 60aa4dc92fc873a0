import { createHash } from 'node:crypto';
import type { WorkRow } from './work-row.js';

export type NextState = { readonly state: 'waiting'; readonly dueAt: Date } | { readonly state: 'dead' };

/**
 * What becomes of a piece of work whose handler failed, or died.
 * @param attempts begun so far, this one included
 * @param backOffMs waits before the second, third, … attempt; after the last it is dead
 */
export function afterFailure(attempts: number, now: Date, backOffMs: readonly number[]): NextState {
  const pause = backOffMs[attempts - 1];
  return pause === undefined ? { state: 'dead' } : { state: 'waiting', dueAt: new Date(now.getTime() + pause) };
}

/** Milliseconds before what an unavailable database did not take is written again: doubling up to 2 s, never the same twice. */
export function outagePause(tries: number, random: () => number = Math.random): number {
  return Math.min(2_000, 100 * 2 ** tries) * (0.5 + random() / 2);
}

export type SweepAction = 'leave' | 'hint' | 'run';

/**
 * What the sweeper does with a row that is due: nothing while its own hint may still come, then a new hint, and when
 * hints plainly do not arrive it runs the work itself; at once, where Redis is known to be away.
 */
export function sweepAction(
  overdueMs: number,
  { hintAfterMs, runAfterMs, canHint }: { hintAfterMs: number; runAfterMs: number; canHint: boolean },
): SweepAction {
  if (!canHint || overdueMs >= runAfterMs) return 'run';
  return overdueMs >= hintAfterMs ? 'hint' : 'leave';
}

/**
 * A BullMQ job id for one due time of one row: hints doubled by the sweeper fall together, a moved row gets a new one.
 * Hashed, because BullMQ refuses `:` in ids.
 */
export function hintId(row: Pick<WorkRow, '_id' | 'dueAt'>): string {
  const hash = createHash('sha256').update(row._id).digest('base64url').slice(0, 22);
  return `${hash}-${row.dueAt.getTime()}`;
}
