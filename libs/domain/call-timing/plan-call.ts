import { atLocal, intersect, type Interval } from '#libs/domain/time/index.js';

export interface CallPlanQuery {
  readonly now: Date;
  /** The latest start of the call that still helps: the dispatch cut-off less the time to understand and assign. */
  readonly deadline: Date;
  /** When ringing is lawful. */
  readonly lawful: readonly Interval[];
  /** When the customer wishes to be called. */
  readonly statedWindows?: readonly Interval[] | undefined;
  /** The probability of reaching this customer by local hour, 0–23. Without it every hour is as good. */
  readonly hourScores?: readonly number[] | undefined;
  /** 1 for the first. */
  readonly attempt: number;
  /** The IANA zone whose hours the scores mean. */
  readonly zone: string;
}

export type CallPlan =
  | { readonly at: Date; readonly reason: string; readonly impossible?: false }
  | { readonly impossible: true; readonly reason: ImpossibleReason };

export type ImpossibleReason = 'deadline_passed' | 'no_lawful_time_before_deadline';

const HOURS_IN_A_DAY = 24;
const MINUTE_MS = 60_000;
/** Scores that differ by less are the same: half a percentage point is not worth waiting for. */
const SCORE_RESOLUTION = 0.005;

/**
 * When to call: the earliest instant of the best-scored hour among the lawful ones before the deadline, within the
 * customer's stated wish where that leaves any. Law and deadline are never traded; the wish and the scores are.
 */
export function planCall(query: CallPlanQuery): CallPlan {
  const { now, deadline, lawful, statedWindows, hourScores, zone } = query;
  if (deadline.getTime() <= now.getTime()) return { impossible: true, reason: 'deadline_passed' };
  const possible = intersect(lawful, [{ start: now, end: deadline }]);
  if (possible.length === 0) return { impossible: true, reason: 'no_lawful_time_before_deadline' };

  const wished = statedWindows ? intersect(possible, statedWindows) : [];
  const windows = wished.length > 0 ? wished : possible;
  const wish = wished.length > 0 ? 'within the hours the customer wishes' : 'within the lawful hours';

  let best: { at: Date; score: number; hour: number } | null = null;
  for (const at of startsByHour(windows, zone)) {
    const hour = Math.floor(atLocal(at, zone).time / 60) % HOURS_IN_A_DAY;
    const score = hourScores?.[hour] ?? 0;
    if (!best || score > best.score + SCORE_RESOLUTION) best = { at, score, hour };
  }
  // `windows` is not empty, so neither is the list of its starts.
  if (!best) return { impossible: true, reason: 'no_lawful_time_before_deadline' };
  const which = query.attempt === 1 ? 'First call' : `Call ${query.attempt}`;
  const why = hourScores
    ? `${best.hour}:00–${best.hour + 1}:00 has the best chance to reach this customer (${Math.round(best.score * 100)} %)`
    : 'the earliest time';
  return { at: best.at, reason: `${which}: ${why}, ${wish}` };
}

/** The start of each window and of each local hour within it, in order. */
function startsByHour(windows: readonly Interval[], zone: string): Date[] {
  const starts: Date[] = [];
  for (const window of windows) {
    for (let at = window.start; at.getTime() < window.end.getTime(); at = nextLocalHour(at, zone)) starts.push(at);
  }
  return starts;
}

function nextLocalHour(at: Date, zone: string): Date {
  const minutesIntoHour = atLocal(at, zone).time % 60;
  return new Date(Math.round(at.getTime() + (60 - minutesIntoHour) * MINUTE_MS));
}
