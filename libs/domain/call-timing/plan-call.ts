import { intersect, type Interval } from '#libs/domain/time/index.js';
import { toProspects, toSlots, type AttemptBudget, type CallSlot } from './call-slots.js';
import type { HourChances } from './contact-model.js';

/** The input of {@link planCall}. */
export interface CallPlanQuery {
  readonly now: Date;
  /** The latest useful start of the call: the dispatch cut-off minus the time for analysis and assignment. */
  readonly deadline: Date;
  /** When ringing is lawful. A call must start early enough to have stopped ringing when the window ends. */
  readonly lawful: readonly Interval[];
  /** The maximum time from dialing until the phone stops ringing, in milliseconds. Default 0. */
  readonly ringMs?: number | undefined;
  /** The windows in which the customer prefers to be called. */
  readonly statedWindows?: readonly Interval[] | undefined;
  /** The estimated probability of an answer by hour. Without it, all hours are treated as equally good. */
  readonly chances?: HourChances | undefined;
  /** Number of this attempt, from 1. */
  readonly attempt: number;
  /** Without it, no further call is assumed to follow. */
  readonly budget?: AttemptBudget | undefined;
  /** The customer's IANA time zone. */
  readonly zone: string;
  /**
   * Where to start within an hour that has not begun, 0 to 1. A different value for each delivery spreads calls, which
   * would otherwise all start on the hour. Default 0.
   */
  readonly spread?: number | undefined;
}

/** A planned call, with the reason for the delivery's timeline. */
export interface CallTime {
  readonly at: Date;
  readonly reason: string;
  /** The probability that this call is answered, 0 to 1; absent if `chances` is not given. */
  readonly chance?: number;
  readonly impossible?: false;
}

/** When to call, or why no call is possible. */
export type CallPlan = CallTime | { readonly impossible: true; readonly reason: ImpossibleReason };

/** Why no call is possible. */
export type ImpossibleReason = 'deadline_passed' | 'no_lawful_time_before_deadline';

/** Smaller differences of the expected result are ignored: half a percentage point does not justify waiting. */
const CHANCE_RESOLUTION = 0.005;
/**
 * Maximum time from call to deadline: customers who are called earlier do not know their plans yet, or forget the call.
 */
const MAX_AHEAD_MS = 48 * 3_600_000;
const ONE_CALL: AttemptBudget = { callsLeft: 1, perDay: 1, callsLeftToday: 1, waitMs: 0 };

/**
 * Plans when to call a customer.
 *
 * Law and deadline come first. Within them, the customer's stated windows apply if any of that time is left. Calls are
 * not made more than two days before the deadline, unless no later time is possible. Of the remaining times, it chooses
 * the earliest of those with the best expected result: the chance that this call or a later one reaches someone, minus
 * the cost of the calls. If no call is left that day, the calling rules refuse the call when it is due.
 */
export function planCall(query: CallPlanQuery): CallPlan {
  const possible = findPossibleSlots(query);
  return possible.impossible ? possible : toCallTime(query, possible, findBestSlot(possible.slots, query));
}

/** Number of draws by which a propensity is estimated. */
const DRAWS = 20;

/**
 * Plans a call with one Thompson sample of the chances, and estimates the probability (propensity) of choosing this
 * time, as the share of 20 draws that choose it. With the propensity, outcomes can later be evaluated without bias
 * (inverse propensity weighting; Horvitz and Thompson 1952).
 * @param draw returns a new sample of the chances
 */
export function planSampledCall(
  query: Omit<CallPlanQuery, 'chances'>,
  draw: () => HourChances,
): { readonly plan: CallPlan; readonly propensity?: number } {
  const possible = findPossibleSlots(query);
  if (possible.impossible) return { plan: possible };
  const drawn = { ...query, chances: draw() };
  const best = findBestSlot(possible.slots, drawn);
  let matches = 1;
  for (let count = 1; count < DRAWS; count += 1)
    matches += Number(findBestSlot(possible.slots, { ...query, chances: draw() }).index === best.index);
  return { plan: toCallTime(drawn, possible, best), propensity: matches / DRAWS };
}

interface PossibleSlots {
  readonly impossible?: false;
  /** At least one. */
  readonly slots: readonly CallSlot[];
  readonly isWithinStated: boolean;
}

function findPossibleSlots(query: CallPlanQuery): PossibleSlots | Extract<CallPlan, { impossible: true }> {
  if (query.deadline.getTime() <= query.now.getTime()) return { impossible: true, reason: 'deadline_passed' };
  const { windows, isWithinStated } = findPossibleWindows(query);
  const slots = toSlots(windows, query.zone);
  return slots.length === 0
    ? { impossible: true, reason: 'no_lawful_time_before_deadline' }
    : { slots, isWithinStated };
}

interface BestSlot {
  readonly index: number;
  /** The probability that this call or a possible later one is answered. */
  readonly reached: number;
}

function findBestSlot(slots: readonly CallSlot[], { chances, budget = ONE_CALL }: CallPlanQuery): BestSlot {
  const prospects = toProspects(slots, chances ? ({ day, hour }) => chances(day, hour) : () => 1, budget);
  const best = Math.max(...prospects.map(({ netValue }) => netValue));
  const index = prospects.findIndex(({ netValue }) => netValue >= best - CHANCE_RESOLUTION);
  return { index, reached: prospects[index]?.reached ?? 0 };
}

function toCallTime(
  { now, attempt, chances, spread = 0 }: CallPlanQuery,
  { slots, isWithinStated }: PossibleSlots,
  { index, reached }: BestSlot,
): CallTime {
  const slot = slots[index] as CallSlot;
  const attemptName = attempt === 1 ? 'First call' : `Call ${attempt}`;
  const chance = chances?.(slot.day, slot.hour);
  const why = chance === undefined ? 'the earliest time' : describeChance(slot, chance, reached);
  const hours = isWithinStated ? 'within the hours the customer wishes' : 'within the lawful hours';
  return {
    at: toInstant(slot, now, spread),
    reason: `${attemptName}: ${why}, ${hours}`,
    ...(chance === undefined ? {} : { chance }),
  };
}

function describeChance({ hour }: CallSlot, chance: number, withLater: number): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const later = withLater > chance + CHANCE_RESOLUTION ? `, ${percent(withLater)} with those that may follow` : '';
  return `${hour}:00–${hour + 1}:00 is the best hour (${percent(chance)} reached by this call${later})`;
}

function findPossibleWindows({ now, deadline, lawful, ringMs = 0, statedWindows = [] }: CallPlanQuery): {
  readonly windows: readonly Interval[];
  readonly isWithinStated: boolean;
} {
  const dialable = lawful
    .map(({ start, end }) => ({ start, end: new Date(end.getTime() - ringMs) }))
    .filter(({ start, end }) => start < end);
  const possible = intersect(dialable, [{ start: now, end: deadline }]);
  const nearDeadline = [{ start: new Date(deadline.getTime() - MAX_AHEAD_MS), end: deadline }];
  const statedPossible = intersect(possible, statedWindows);
  const [statedNearDeadline, possibleNearDeadline] = [
    intersect(statedPossible, nearDeadline),
    intersect(possible, nearDeadline),
  ];
  if (statedPossible.length > 0)
    return { windows: statedNearDeadline.length > 0 ? statedNearDeadline : statedPossible, isWithinStated: true };
  return { windows: possibleNearDeadline.length > 0 ? possibleNearDeadline : possible, isWithinStated: false };
}

/** Returns the start of the call: immediately if the slot has begun, otherwise within it, by `spread`. */
function toInstant({ start, end }: CallSlot, now: Date, spread: number): Date {
  if (start <= now) return start;
  return new Date(start.getTime() + Math.floor(spread * (end.getTime() - start.getTime())));
}
