import { DAY_TYPES } from '#libs/domain/call-timing/call-timing.values.js';
import { reckonedShare } from '#libs/domain/agent-performance/index.js';
import type { DayType } from '#libs/domain/call-timing/index.js';
import type { Evidence } from './evidence.js';
import { withSeen } from './evidence.js';

/** Parts of a day in which people can be reached more or less often. */
export const DAY_PARTS = [
  { part: 'morning', from: 8, until: 12 },
  { part: 'afternoon', from: 12, until: 17 },
  { part: 'evening', from: 17, until: 21 },
] as const;

export interface PreferredPart {
  readonly day: DayType;
  /** Local hours. */
  readonly from: number;
  readonly until: number;
  readonly confidence: number;
}

/** So much of it must have reached somebody, as reckoned, and so often. */
const LEAST_SHARE = 0.6;
const LEAST_REACHED = 2;
/** Calls that everything known of a customer's day is worth beside those in one part of it. */
const STRENGTH = 2;

const keyOf = (day: DayType, part: string, reached: boolean): string =>
  `${day} ${part} ${reached ? 'reached' : 'missed'}`;

/** The evidence with one more call; hours in which nobody is called say nothing. */
export function withCall(
  before: Evidence | undefined,
  { day, hour, reached }: { readonly day: DayType; readonly hour: number; readonly reached: boolean },
  now: Date,
): Evidence | undefined {
  const part = DAY_PARTS.find(({ from, until }) => hour >= from && hour < until);
  return part ? withSeen(before, keyOf(day, part.part, reached), 1, now) : before;
}

/** When they are reached best, where calls say so. */
export function preferredPart({ seen }: Evidence): PreferredPart | undefined {
  const weightOf = (key: string): number => seen.find(({ value }) => value === key)?.weight ?? 0;
  const cells = DAY_TYPES.flatMap((day) =>
    DAY_PARTS.map(({ part, from, until }) => {
      const [met, missed] = [weightOf(keyOf(day, part, true)), weightOf(keyOf(day, part, false))];
      return { day, from, until, met, total: met + missed };
    }),
  );
  const total = cells.reduce((sum, cell) => sum + cell.total, 0);
  const usual = total === 0 ? 0 : cells.reduce((sum, cell) => sum + cell.met, 0) / total;
  const best = cells
    .filter(({ met }) => met >= LEAST_REACHED)
    .map((cell) => ({ ...cell, confidence: reckonedShare(cell, usual, STRENGTH) }))
    .reduce<(PreferredPart & { met: number }) | undefined>(
      (most, cell) => (most && most.confidence >= cell.confidence ? most : cell),
      undefined,
    );
  if (!best || best.confidence < LEAST_SHARE) return undefined;
  const { day, from, until, confidence } = best;
  return { day, from, until, confidence };
}
