import { DAY_TYPES } from '#libs/domain/call-timing/call-timing.values.js';
import { shrinkShare } from '#libs/domain/agent-performance/index.js';
import type { DayType } from '#libs/domain/call-timing/index.js';
import type { Evidence } from './evidence.js';
import { withObservation } from './evidence.js';

/** The parts of a day that call preferences distinguish, in local hours. */
export const DAY_PARTS = [
  { part: 'morning', from: 8, until: 12 },
  { part: 'afternoon', from: 12, until: 17 },
  { part: 'evening', from: 17, until: 21 },
] as const;

/** The part of a day in which a customer is reached best. */
export interface PreferredDayPart {
  readonly day: DayType;
  /** Local hours. */
  readonly from: number;
  readonly until: number;
  /** 0 to 1: the estimated share of calls in this part that are answered. */
  readonly confidence: number;
}

/** The minimum estimated share of answered calls for a preference. */
const MIN_SHARE = 0.6;
/** The minimum weight of answered calls for a preference. */
const MIN_REACHED = 2;
/** Prior strength, in calls, of the customer's overall share of answered calls when a part of the day is estimated. */
const PRIOR_STRENGTH = 2;

const toKey = (day: DayType, part: string, reached: boolean): string =>
  `${day} ${part} ${reached ? 'reached' : 'missed'}`;

/**
 * Adds a call to the evidence. Hours outside the parts of the day leave it unchanged.
 * @returns the new evidence
 */
export function withCall(
  before: Evidence | undefined,
  { day, hour, reached }: { readonly day: DayType; readonly hour: number; readonly reached: boolean },
  now: Date,
): Evidence | undefined {
  const part = DAY_PARTS.find(({ from, until }) => hour >= from && hour < until);
  return part ? withObservation(before, toKey(day, part.part, reached), 1, now) : before;
}

/** Finds the part of the day in which the customer is reached best; `undefined` without enough evidence. */
export function preferredDayPart({ seen }: Evidence): PreferredDayPart | undefined {
  const weightByKey = (key: string): number => seen.find(({ value }) => value === key)?.weight ?? 0;
  const cells = DAY_TYPES.flatMap((day) =>
    DAY_PARTS.map(({ part, from, until }) => {
      const [met, missed] = [weightByKey(toKey(day, part, true)), weightByKey(toKey(day, part, false))];
      return { day, from, until, met, total: met + missed };
    }),
  );
  const total = cells.reduce((sum, cell) => sum + cell.total, 0);
  const averageShare = total === 0 ? 0 : cells.reduce((sum, cell) => sum + cell.met, 0) / total;
  const best = cells
    .filter(({ met }) => met >= MIN_REACHED)
    .map((cell) => ({ ...cell, confidence: shrinkShare(cell, averageShare, PRIOR_STRENGTH) }))
    .reduce<(PreferredDayPart & { met: number }) | undefined>(
      (current, cell) => (current && current.confidence >= cell.confidence ? current : cell),
      undefined,
    );
  if (!best || best.confidence < MIN_SHARE) return undefined;
  const { day, from, until, confidence } = best;
  return { day, from, until, confidence };
}
