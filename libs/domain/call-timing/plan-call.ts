import { intersect, type Interval } from '#libs/domain/time/index.js';
import { prospectsOf, slotsOf, type AttemptBudget, type CallSlot } from './call-slots.js';
import type { HourChances } from './contact-model.js';

export interface CallPlanQuery {
  readonly now: Date;
  /** The latest start of the call that still helps: the dispatch cut-off less the time to understand and assign. */
  readonly deadline: Date;
  /** When ringing is lawful; a call must begin so long before a window's end that it has rung out by then. */
  readonly lawful: readonly Interval[];
  /** The longest from dialling until it has rung out, in milliseconds. */
  readonly ringMs?: number | undefined;
  /** When the customer wishes to be called. */
  readonly statedWindows?: readonly Interval[] | undefined;
  /** Without it every hour is as good. */
  readonly chances?: HourChances | undefined;
  /** 1 for the first. */
  readonly attempt: number;
  /** Without it this call is the last. */
  readonly budget?: AttemptBudget | undefined;
  /** The IANA zone of the customer's clock. */
  readonly zone: string;
  /**
   * Where in an hour that is yet to begin, 0–1: different for each delivery, so that not everybody is rung as the clock
   * strikes. 0 unless given.
   */
  readonly spread?: number | undefined;
}

export interface CallTime {
  readonly at: Date;
  readonly reason: string;
  /** Of reaching them by this call; where anything is known. */
  readonly chance?: number;
  readonly impossible?: false;
}

export type CallPlan = CallTime | { readonly impossible: true; readonly reason: ImpossibleReason };

export type ImpossibleReason = 'deadline_passed' | 'no_lawful_time_before_deadline';

/** Chances that differ by less are the same: half a percentage point is not worth waiting for. */
const CHANCE_RESOLUTION = 0.005;
/** Who is asked earlier does not know yet, or will have forgotten. */
const LONGEST_AHEAD_MS = 48 * 3_600_000;
const ONE_CALL: AttemptBudget = { left: 1, perDay: 1, leftToday: 1, waitMs: 0 };

/**
 * When to call: law and deadline first, within them the customer's stated wish where that leaves any time, not more than
 * two days ahead; of these the time from which this call and those that may follow it have the best chance to reach
 * somebody, the earliest of those as good. Where no call is left that day, the rules say so when it is due. Law and deadline
 * are never traded; the wish and the chances are.
 */
export function planCall(query: CallPlanQuery): CallPlan {
  const possible = possibleSlots(query);
  return possible.impossible ? possible : planned(query, possible, bestOf(possible.slots, query));
}

/** How many draws a propensity is estimated by. */
const DRAWS = 20;

/**
 * Plans by one draw of what may be true (Thompson sampling), and says how probable it was that just this time was chosen:
 * with it what came of the call can later be judged without bias (inverse propensity; Horvitz and Thompson 1952). The
 * probability is estimated by the share of twenty draws that choose it.
 */
export function planSampledCall(
  query: Omit<CallPlanQuery, 'chances'>,
  draw: () => HourChances,
): { readonly plan: CallPlan; readonly propensity?: number } {
  const possible = possibleSlots(query);
  if (possible.impossible) return { plan: possible };
  const drawn = { ...query, chances: draw() };
  const best = bestOf(possible.slots, drawn);
  let same = 1;
  for (let count = 1; count < DRAWS; count += 1)
    same += Number(bestOf(possible.slots, { ...query, chances: draw() }).index === best.index);
  return { plan: planned(drawn, possible, best), propensity: same / DRAWS };
}

interface PossibleSlots {
  readonly impossible?: false;
  /** At least one. */
  readonly slots: readonly CallSlot[];
  readonly isWished: boolean;
}

function possibleSlots(query: CallPlanQuery): PossibleSlots | Extract<CallPlan, { impossible: true }> {
  if (query.deadline.getTime() <= query.now.getTime()) return { impossible: true, reason: 'deadline_passed' };
  const { windows, isWished } = possibleWindows(query);
  const slots = slotsOf(windows, query.zone);
  return slots.length === 0 ? { impossible: true, reason: 'no_lawful_time_before_deadline' } : { slots, isWished };
}

interface BestSlot {
  readonly index: number;
  /** By this call and those that may follow it. */
  readonly reached: number;
}

function bestOf(slots: readonly CallSlot[], { chances, budget = ONE_CALL }: CallPlanQuery): BestSlot {
  const prospects = prospectsOf(slots, chances ? ({ day, hour }) => chances(day, hour) : () => 1, budget);
  const best = Math.max(...prospects.map(({ worth }) => worth));
  const index = prospects.findIndex(({ worth }) => worth >= best - CHANCE_RESOLUTION);
  return { index, reached: prospects[index]?.reached ?? 0 };
}

function planned(
  { now, attempt, chances, spread = 0 }: CallPlanQuery,
  { slots, isWished }: PossibleSlots,
  { index, reached }: BestSlot,
): CallTime {
  const slot = slots[index] as CallSlot;
  const which = attempt === 1 ? 'First call' : `Call ${attempt}`;
  const chance = chances?.(slot.day, slot.hour);
  const why = chance === undefined ? 'the earliest time' : promise(slot, chance, reached);
  const wish = isWished ? 'within the hours the customer wishes' : 'within the lawful hours';
  return {
    at: instantIn(slot, now, spread),
    reason: `${which}: ${why}, ${wish}`,
    ...(chance === undefined ? {} : { chance }),
  };
}

function promise({ hour }: CallSlot, chance: number, withLater: number): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const later = withLater > chance + CHANCE_RESOLUTION ? `, ${percent(withLater)} with those that may follow` : '';
  return `${hour}:00–${hour + 1}:00 promises most (${percent(chance)} reached by this call${later})`;
}

function possibleWindows({ now, deadline, lawful, ringMs = 0, statedWindows = [] }: CallPlanQuery): {
  readonly windows: readonly Interval[];
  readonly isWished: boolean;
} {
  const dialable = lawful
    .map(({ start, end }) => ({ start, end: new Date(end.getTime() - ringMs) }))
    .filter(({ start, end }) => start < end);
  const possible = intersect(dialable, [{ start: now, end: deadline }]);
  const soon = [{ start: new Date(deadline.getTime() - LONGEST_AHEAD_MS), end: deadline }];
  const wished = intersect(possible, statedWindows);
  const [wishedSoon, possibleSoon] = [intersect(wished, soon), intersect(possible, soon)];
  if (wished.length > 0) return { windows: wishedSoon.length > 0 ? wishedSoon : wished, isWished: true };
  return { windows: possibleSoon.length > 0 ? possibleSoon : possible, isWished: false };
}

/** At once where the slot has begun; else somewhere in it. */
function instantIn({ start, end }: CallSlot, now: Date, spread: number): Date {
  if (start <= now) return start;
  return new Date(start.getTime() + Math.floor(spread * (end.getTime() - start.getTime())));
}
