import { atLocal, type Interval } from '#libs/domain/time/index.js';
import { toDayType, type DayType } from './hour-rates.js';

/** A part of a local hour in which a call may start. */
export interface CallSlot extends Interval {
  /** Local hour, 0–23. */
  readonly hour: number;
  readonly day: DayType;
  /** Local date, `YYYY-MM-DD`. */
  readonly date: string;
}

const MINUTE_MS = 60_000;

/** Splits windows at the full hours of a zone. The result is in the order of the windows. */
export function toSlots(windows: readonly Interval[], zone: string): CallSlot[] {
  const slots: CallSlot[] = [];
  for (const window of windows) {
    for (let start = window.start; start < window.end;) {
      const { time, weekday, date } = atLocal(start, zone);
      const nextHour = new Date(Math.round(start.getTime() + (60 - (time % 60)) * MINUTE_MS));
      const end = nextHour < window.end ? nextHour : window.end;
      slots.push({ start, end, hour: Math.floor(time / 60) % 24, day: toDayType(weekday), date });
      start = end;
    }
  }
  return slots;
}

/** The number of calls left, and the minimum time between them. */
export interface AttemptBudget {
  /** Calls left for the delivery, including the next one. */
  readonly callsLeft: number;
  /** The maximum number of calls a day. */
  readonly perDay: number;
  /** Calls left on the day of the first slot. */
  readonly callsLeftToday: number;
  /** Minimum time from an unanswered call to the next one. */
  readonly waitMs: number;
}

/** The expected result of a call in a slot, followed, while no one answers, by calls at the best later times. */
export interface CallProspect {
  /** The probability that someone answers before the last slot ends. */
  readonly reached: number;
  /** That probability minus the expected cost of the calls. */
  readonly netValue: number;
}

/**
 * The cost of one call, as a probability: unanswered calls disturb the customer, so a call must add at least ten
 * percentage points.
 */
const CALL_COST = 0.1;
const NO_CALL: CallProspect = { reached: 0, netValue: 0 };
const FORBIDDEN: CallProspect = { reached: 0, netValue: -Infinity };

/**
 * Computes, for each slot, the expected result of making the next call in it: backward induction over slot, calls left
 * and calls left that day (Bellman 1957).
 * @param slots in ascending order
 * @param chanceAt the probability that a call in the slot is answered, 0 to 1
 */
export function toProspects(
  slots: readonly CallSlot[],
  chanceAt: (slot: CallSlot) => number,
  { callsLeft, perDay, callsLeftToday, waitMs }: AttemptBudget,
): CallProspect[] {
  const chances = slots.map(chanceAt);
  const best: CallProspect[][] = slots.map(() => []);
  const toStateIndex = (calls: number, today: number): number => calls * (perDay + 1) + today;

  /** The best result from slot `next` on. `today` is the number of calls left on the day of `slot`. */
  const continueFrom = (slot: number, next: number, calls: number, today: number): CallProspect => {
    if (next >= slots.length || calls === 0) return NO_CALL;
    const callsThatDay = slots[next]?.date === slots[slot]?.date ? today : perDay;
    return best[next]?.[toStateIndex(calls, callsThatDay)] ?? NO_CALL;
  };
  const firstAfterWait = slots.map(({ start }, slot) => {
    const earliest = start.getTime() + waitMs;
    const next = slots.findIndex(({ end }, index) => index > slot && end.getTime() > earliest);
    return next === -1 ? slots.length : next;
  });
  const callInSlot = (slot: number, calls: number, today: number): CallProspect => {
    if (calls === 0 || today === 0) return FORBIDDEN;
    const chance = chances[slot] ?? 0;
    const later = continueFrom(slot, firstAfterWait[slot] ?? slots.length, calls - 1, today - 1);
    return {
      reached: chance + (1 - chance) * later.reached,
      netValue: chance - CALL_COST + (1 - chance) * later.netValue,
    };
  };

  for (let slot = slots.length - 1; slot >= 0; slot -= 1) {
    for (let calls = 1; calls <= callsLeft; calls += 1) {
      for (let today = 0; today <= perDay; today += 1) {
        const [called, skipped] = [callInSlot(slot, calls, today), continueFrom(slot, slot + 1, calls, today)];
        (best[slot] as CallProspect[])[toStateIndex(calls, today)] =
          called.netValue > skipped.netValue ? called : skipped;
      }
    }
  }
  const firstDay = slots[0]?.date;
  return slots.map(({ date }, slot) => callInSlot(slot, callsLeft, date === firstDay ? callsLeftToday : perDay));
}
