/** A half-open interval of time: `start` is included, `end` is not. Empty when `end <= start`. */
export interface Interval {
  readonly start: Date;
  readonly end: Date;
}

/** Whether the interval contains no instant. */
export const isEmpty = (interval: Interval): boolean => interval.end.getTime() <= interval.start.getTime();

/** Whether the instant is in `[start, end)`. */
export const contains = (interval: Interval, instant: Date): boolean =>
  interval.start.getTime() <= instant.getTime() && instant.getTime() < interval.end.getTime();

/** The length in milliseconds; negative when `end` is before `start`. */
export const lengthMs = (interval: Interval): number => interval.end.getTime() - interval.start.getTime();

const byStart = (a: Interval, b: Interval): number => a.start.getTime() - b.start.getTime();

/**
 * Normalizes intervals to a sorted list of disjoint, non-touching, non-empty ones with the same instants (normal form).
 */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of intervals.filter((interval) => !isEmpty(interval)).sort(byStart)) {
    const last = merged.at(-1);
    if (last && next.start.getTime() <= last.end.getTime()) {
      if (next.end.getTime() > last.end.getTime()) merged[merged.length - 1] = { start: last.start, end: next.end };
    } else {
      merged.push({ start: next.start, end: next.end });
    }
  }
  return merged;
}

/** The instants that are in both lists, in normal form. */
export function intersect(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const a = union(left);
  const b = union(right);
  const common: Interval[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const x = a[i];
    const y = b[j];
    if (!x || !y) return common;
    const start = x.start.getTime() >= y.start.getTime() ? x.start : y.start;
    const end = x.end.getTime() <= y.end.getTime() ? x.end : y.end;
    if (start.getTime() < end.getTime()) common.push({ start, end });
    if (x.end.getTime() <= y.end.getTime()) i += 1;
    else j += 1;
  }
}

/** The instants of `from` that are in none of `without`, in normal form. */
export function subtract(from: readonly Interval[], without: readonly Interval[]): Interval[] {
  const holes = union(without);
  const remaining: Interval[] = [];
  for (const whole of union(from)) {
    let start = whole.start;
    for (const hole of holes) {
      if (hole.end.getTime() <= start.getTime() || hole.start.getTime() >= whole.end.getTime()) continue;
      if (hole.start.getTime() > start.getTime()) remaining.push({ start, end: hole.start });
      start = hole.end;
    }
    if (start.getTime() < whole.end.getTime()) remaining.push({ start, end: whole.end });
  }
  return remaining;
}
