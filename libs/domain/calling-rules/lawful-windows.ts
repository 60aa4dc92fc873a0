import { intersect, localHours, type Interval } from '#libs/domain/time/index.js';
import { hoursAllowedOn, type CallingRules } from './calling-rules.js';

export interface LawfulWindowsQuery {
  /** All of these must allow the call; none means that none is known, and nothing is lawful. */
  readonly zones: readonly string[];
  readonly rules: CallingRules;
  readonly from: Date;
  readonly to: Date;
}

/** The instants of `[from, to)` at which a phone may ring: the intersection over all zones of their allowed hours. */
export function lawfulWindows({ zones, rules, from, to }: LawfulWindowsQuery): Interval[] {
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
