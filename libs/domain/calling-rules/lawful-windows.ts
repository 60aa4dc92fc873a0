import { intersect, localHours, type Interval } from '#libs/domain/time/index.js';
import { hoursAllowedOn, type CallingRules } from './calling-rules.js';

/** The input of {@link findLawfulWindows}. */
export interface LawfulWindowsQuery {
  /** All zones must permit the call. If no zone is known, nothing is lawful. */
  readonly zones: readonly string[];
  readonly rules: CallingRules;
  readonly from: Date;
  readonly to: Date;
}

/** Computes when a phone may ring within `[from, to)`: the intersection of the permitted hours of all zones. */
export function findLawfulWindows({ zones, rules, from, to }: LawfulWindowsQuery): Interval[] {
  if (zones.length === 0) return [];
  let windows: Interval[] = [{ start: from, end: to }];
  for (const zone of zones) {
    windows = intersect(
      windows,
      localHours(zone, { start: from, end: to }, (day) => hoursAllowedOn(rules, day)),
    );
    if (windows.length === 0) return [];
  }
  return windows;
}
