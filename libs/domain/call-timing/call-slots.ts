import { atLocal, type Interval } from '#libs/domain/time/index.js';
import { dayTypeOf, type DayType } from './hour-rates.js';

/** A stretch of a local hour in which a call may begin. */
export interface CallSlot extends Interval {
  /** Local, 0–23. */
  readonly hour: number;
  readonly day: DayType;
  /** Local, `YYYY-MM-DD`. */
  readonly date: string;
}

const MINUTE_MS = 60_000;

/** Windows cut at the full hours of a zone, in order. */
export function slotsOf(windows: readonly Interval[], zone: string): CallSlot[] {
  const slots: CallSlot[] = [];
  for (const window of windows) {
    for (let start = window.start; start < window.end;) {
      const { time, weekday, date } = atLocal(start, zone);
      const nextHour = new Date(Math.round(start.getTime() + (60 - (time % 60)) * MINUTE_MS));
      const end = nextHour < window.end ? nextHour : window.end;
      slots.push({ start, end, hour: Math.floor(time / 60) % 24, day: dayTypeOf(weekday), date });
      start = end;
    }
  }
  return slots;
}

/** How often somebody may still be called, and how long to wait between calls. */
export interface AttemptBudget {
  /** Calls left for the delivery, the next one included. */
  readonly left: number;
  /** Calls a day, and what is left of them on the first slot's day. */
  readonly perDay: number;
  readonly leftToday: number;
  /** From one call that reached nobody to the next. */
  readonly waitMs: number;
}

/** What comes of calling in a slot, and then as long as nobody is reached at the best times left. */
export interface CallProspect {
  /** The chance that somebody is reached in time. */
  readonly reached: number;
  /** The same less what the calls cost. */
  readonly worth: number;
}

/** A call that reaches nobody disturbs for nothing: it must be worth ten points of the chance. */
const CALL_COST = 0.1;
const NOTHING: CallProspect = { reached: 0, worth: 0 };
const FORBIDDEN: CallProspect = { reached: 0, worth: -Infinity };

/**
 * By slot, what comes of making the next call in it: backward induction over slot, calls left and calls left that day
 * (Bellman 1957).
 */
export function prospectsOf(
  slots: readonly CallSlot[],
  chanceAt: (slot: CallSlot) => number,
  { left, perDay, leftToday, waitMs }: AttemptBudget,
): CallProspect[] {
  const chances = slots.map(chanceAt);
  const best: CallProspect[][] = slots.map(() => []);
  const stateOf = (calls: number, today: number): number => calls * (perDay + 1) + today;

  /** What is best from the slot `next` on, coming from `slot`. */
  const goOn = (slot: number, next: number, calls: number, today: number): CallProspect => {
    if (next >= slots.length || calls === 0) return NOTHING;
    const callsThatDay = slots[next]?.date === slots[slot]?.date ? today : perDay;
    return best[next]?.[stateOf(calls, callsThatDay)] ?? NOTHING;
  };
  const firstAfterWait = slots.map(({ start }, slot) => {
    const earliest = start.getTime() + waitMs;
    const next = slots.findIndex(({ end }, index) => index > slot && end.getTime() > earliest);
    return next === -1 ? slots.length : next;
  });
  const callIn = (slot: number, calls: number, today: number): CallProspect => {
    if (calls === 0 || today === 0) return FORBIDDEN;
    const chance = chances[slot] ?? 0;
    const then = goOn(slot, firstAfterWait[slot] ?? slots.length, calls - 1, today - 1);
    return {
      reached: chance + (1 - chance) * then.reached,
      worth: chance - CALL_COST + (1 - chance) * then.worth,
    };
  };

  for (let slot = slots.length - 1; slot >= 0; slot -= 1) {
    for (let calls = 1; calls <= left; calls += 1) {
      for (let today = 0; today <= perDay; today += 1) {
        const [called, passed] = [callIn(slot, calls, today), goOn(slot, slot + 1, calls, today)];
        (best[slot] as CallProspect[])[stateOf(calls, today)] = called.worth > passed.worth ? called : passed;
      }
    }
  }
  const firstDay = slots[0]?.date;
  return slots.map(({ date }, slot) => callIn(slot, left, date === firstDay ? leftToday : perDay));
}
