import { timeOfDay, type TimeOfDay } from '#libs/domain/time/index.js';

/** Earliest time of delivery. A window without a lower bound begins here. */
export const DAY_START = timeOfDay(8);
/** Latest time of delivery. A window without an upper bound ends here. */
export const DAY_END = timeOfDay(21);
/** Duration of a delivery day, in milliseconds. */
export const WHOLE_DAY_MS = (DAY_END - DAY_START) * 60_000;

/** A part of a day by wall clock. */
export interface Window {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  /** `after` and `until` have one named bound. `at` is a point in time, at which the window begins. */
  readonly kind: 'range' | 'after' | 'until' | 'at' | 'part' | 'all_day';
  /** Whether the time is a bare number, which may count something else. */
  readonly isBare?: true;
}

/** The window after or before a bound. */
export const toBound = (isAfter: boolean, edge: TimeOfDay): Window =>
  isAfter
    ? { from: edge, to: Math.max(DAY_END, edge), kind: 'after' }
    : { from: Math.min(DAY_START, edge), to: edge, kind: 'until' };

/** The common part of two windows of one phrase where the second narrows the first: "after two but before four". */
export function narrow(first: Window, second: Window, isOr: boolean): Window | null {
  if (isOr) return null;
  const kinds = new Set([first.kind, second.kind]);
  const areBounds = (kinds.has('after') || kinds.has('at')) && kinds.has('until');
  const hasPart = kinds.has('part') || kinds.has('all_day');
  if (!areBounds && !(hasPart && kinds.size === 2)) return null;
  const from = Math.max(first.from, second.from);
  const to = Math.min(first.to, second.to);
  if (to > from) return { from, to, kind: 'range' };
  // "Evening, four to five": the exact time counts.
  return hasPart ? (first.kind === 'part' ? second : first) : null;
}
