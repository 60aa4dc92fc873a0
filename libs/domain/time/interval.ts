/** A half-open span of time: `start` belongs to it, `end` does not. Empty when `end <= start`. */
export interface Interval {
  readonly start: Date;
  readonly end: Date;
}

export const isEmpty = (interval: Interval): boolean => interval.end.getTime() <= interval.start.getTime();

export const contains = (interval: Interval, instant: Date): boolean =>
  interval.start.getTime() <= instant.getTime() && instant.getTime() < interval.end.getTime();

export const lengthMs = (interval: Interval): number => interval.end.getTime() - interval.start.getTime();

const byStart = (a: Interval, b: Interval): number => a.start.getTime() - b.start.getTime();

/** The same instants as a sorted list of disjoint, non-touching, non-empty intervals: the normal form of the others. */
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

/** The instants that lie in both lists, in normal form. */
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

/** The instants of `from` that lie in none of `without`, in normal form. */
export function subtract(from: readonly Interval[], without: readonly Interval[]): Interval[] {
  const holes = union(without);
  const left: Interval[] = [];
  for (const whole of union(from)) {
    let start = whole.start;
    for (const hole of holes) {
      if (hole.end.getTime() <= start.getTime() || hole.start.getTime() >= whole.end.getTime()) continue;
      if (hole.start.getTime() > start.getTime()) left.push({ start, end: hole.start });
      start = hole.end;
    }
    if (start.getTime() < whole.end.getTime()) left.push({ start, end: whole.end });
  }
  return left;
}
