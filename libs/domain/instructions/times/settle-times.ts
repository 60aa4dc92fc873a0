import { intersect, type Interval } from '#libs/domain/time/index.js';
import { toEvidence } from '../text/find-phrase.js';
import type { Found, InstructionsContext } from '../model/types.js';
import type { Reading } from '../reading/reader.js';
import type { TextRange } from './span-words.js';
import { joinBounds, settle, type Statement } from './statements.js';
import { findUncoveredTimes } from './uncovered-times.js';
import { WHOLE_DAY_MS } from './window.js';

/** The combined times of a text: presence, absence and requested windows. */
export interface ComposedTimes {
  readonly availability: readonly Found<Interval>[];
  readonly unavailable: readonly Found<Interval>[];
  readonly move: Found<{ readonly to: Interval | null }> | null;
  /** Whether the move names no time of its day, not even that any will do. */
  readonly isMoveOpen: boolean;
  /** The windows to which it may be moved, where a time was named and not only a day. */
  readonly moveWindows: readonly Found<Interval>[];
  /** Spans of words about time that were not understood, as positions in the text. */
  readonly unread: readonly TextRange[];
  /** Whether the text names any time, including one that is only mentioned or that another time cancels out. */
  readonly hasTimes: boolean;
  /** A day other than the planned one, or days that stay open, were named. */
  readonly namesOtherDay: boolean;
}

/** A requested new delivery window; `null` if it was not named or not understood. */
export interface Move extends TextRange {
  readonly interval: Interval | null;
  readonly confidence: number;
}

/** The times of a text in the order in which they were stated, before they are combined. */
export interface StatedTimes {
  readonly present: readonly Statement[];
  /** Presence implied by a stated absence: "not before ten". */
  readonly implied: readonly Statement[];
  readonly absent: readonly Statement[];
  /**
   * Absence until another day. It counts only if no presence is stated before it: "before one, then I'm away until
   * Sunday".
   */
  readonly away: readonly Statement[];
  /** Instants of events. A window that contains one is unclear. */
  readonly points: readonly Date[];
  readonly moves: readonly Move[];
  readonly unread: readonly TextRange[];
  /** Whether an excluded time was not understood. It may overlap any window. */
  readonly hasUnreadExclusion: boolean;
  readonly mentionsTime: boolean;
  readonly namesOtherDay: boolean;
}

/** Combines stated times: subtracts absences from presences, and removes past and unclear times. */
export function settleTimes(said: StatedTimes, reading: Reading, { now, text }: InstructionsContext): ComposedTimes {
  const future = (statements: readonly Statement[]): Statement[] =>
    statements.filter(({ interval }) => interval.end > now);
  const unread = [...said.unread, ...findUncoveredTimes(reading)];
  const words = reading.tokens.map((token) => token.text);
  const all = joinBounds(future(said.present), words);
  // A time that was not understood may narrow any window that is not bounded on both sides.
  const isSure = ({ kind, interval }: Statement): boolean =>
    (unread.length === 0 || (kind === 'range' && !said.hasUnreadExclusion)) &&
    !said.points.some((point) => interval.start < point && point < interval.end);
  const stated = all.filter(isSure);
  const ended = endAtReturn(said.absent, stated.length > 0 ? stated : future(said.implied));
  // Where it is said when it suits, only an absence that was said as such is added: "I leave at three" is in "until
  // three".
  const absences = [...ended, ...(stated.length === 0 ? said.away : [])];
  const absent = future(absences).filter(
    ({ kind }) => stated.length === 0 || kind === 'range' || kind === 'part' || kind === 'all_day',
  );
  const bounds = future(ended).filter((one) => !absent.includes(one));
  const present = stated.length > 0 ? stated : future(said.implied).filter(isSure);
  // "I work until three, but my wife is there all day": the absence of one person rules nothing out for another.
  const isOfOther = ({ from }: Statement): boolean =>
    reading.spans.some(
      (one) => one.tag === 'person' && from < one.from && present.some((other) => one.from < other.from),
    );
  const ruledOut = [...absent, ...bounds].filter((one) => !isOfOther(one)).map(({ interval }) => interval);
  return {
    availability: settle(text, present, ruledOut),
    unavailable: settle(text, absent, []),
    move: toMove(said, text, now),
    isMoveOpen: !said.present.some(({ kind }) => kind === 'all_day'),
    moveWindows: said.moves.flatMap(({ interval, start, end, confidence }) =>
      interval && interval.end > now && interval.end.getTime() - interval.start.getTime() < WHOLE_DAY_MS
        ? [{ value: interval, confidence, evidence: toEvidence(text, start, end) }]
        : [],
    ),
    unread,
    hasTimes: said.mentionsTime || said.present.length + said.absent.length + said.away.length + said.moves.length > 0,
    namesOtherDay: said.namesOtherDay,
  };
}

/**
 * Joins a departure and a return on the same day to one absence: "we leave at eight and get back at five", "he leaves
 * at ten and I'm not in until noon".
 */
function endAtReturn(absent: readonly Statement[], stated: readonly Statement[]): Statement[] {
  const returns = stated.filter(({ kind }) => kind === 'at' || kind === 'after');
  const ended = absent.map((one): Statement => {
    const back = returns.find(
      ({ interval, from }) =>
        from >= one.from && one.interval.start < interval.start && interval.start < one.interval.end,
    );
    if (one.kind !== 'at' || !back) return one;
    return { ...one, kind: 'range', interval: { start: one.interval.start, end: back.interval.start } };
  });
  const gaps = ended.filter((one, index) => one.kind === 'range' && absent[index]?.kind === 'at');
  return ended.filter(
    ({ kind, interval }) =>
      kind !== 'until' || !gaps.some((gap) => gap.interval.end.getTime() === interval.end.getTime()),
  );
}

function toMove({ moves, present }: StatedTimes, text: string, now: Date): ComposedTimes['move'] {
  const named = moves.findLast(({ interval }) => interval !== null && interval.end > now);
  const narrowest = moves.find(
    ({ interval }) =>
      named?.interval && interval && named.interval.start <= interval.start && interval.end <= named.interval.end,
  );
  const chosen = narrowest ?? named ?? moves.at(-1);
  if (!chosen) return null;
  const whole = chosen.interval !== null && chosen.interval.end > now ? chosen.interval : null;
  // "Saturday instead, any time after ten": the time narrows the day.
  const [narrower] = whole
    ? intersect(
        present.map(({ interval }) => interval),
        [whole],
      )
    : [];
  // "Tuesday between ten and twelve", said on a Tuesday at one, is past.
  const to = narrower && narrower.end <= now ? null : (narrower ?? whole);
  return { value: { to }, confidence: chosen.confidence, evidence: toEvidence(text, chosen.start, chosen.end) };
}
