import { DateTime } from 'luxon';
import { intersect, subtract, union, type Interval } from '#libs/domain/time/index.js';
import { splitClauses, type Clause } from '../text/clauses.js';
import { findDays, type DayMention } from '../times/days.js';
import { toEvidence } from '../text/find-phrase.js';
import { matchYesNo } from './quick-match.js';
import { findTimeSpans, type TimeSpan } from '../times/time-spans.js';
import type { Found, Instructions, InstructionsContext } from '../model/types.js';
import { ABSENT } from './absence.words.js';
import {
  ABOUT_OTHERS,
  AROUND_TIMES,
  CALLED_THERE,
  HANDED_OVER,
  NEIGHBOR_THERE,
  NEW_STATEMENT,
  NOT_UNTIL,
  SUITS,
  SUITS_AFTER_ALL,
  THEY_ARE_THERE,
} from './availability.words.js';
import { PRESENT } from './presence.words.js';

interface Statement {
  readonly interval: Interval;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  /** Only the start was named; the end is the end of the day. */
  readonly openEnd?: boolean;
}

export interface Times {
  readonly availability: Instructions['availability'];
  readonly unavailable: Instructions['unavailable'];
}

const QUARTER_MS = 15 * 60_000;

/** When someone will be there and when no one will, as instants. Statements about a day without a time are ignored. */
export function findAvailability(context: InstructionsContext, folded: string): Times {
  const { text, now, zone, planned, question } = context;
  const plannedDay = DateTime.fromJSDate(planned.start, { zone }).startOf('day');
  const days = findDays(folded, now, zone);
  const spans = findTimeSpans(folded);
  const present: Statement[] = [];
  const absent: Statement[] = [];
  const exceptions: Statement[] = [];

  let polarity: 'present' | 'absent' | null = null;
  let day: DayMention | null = null;
  for (const clause of statementsOf(text, folded, spans, days)) {
    const ownSpans = spans.filter(({ start }) => start >= clause.start && start < clause.end);
    const ownDays = days.filter(({ start }) => start >= clause.start && start < clause.end);
    if (clause.opening === 'condition') continue;
    if (clause.opening === 'exception') {
      exceptions.push(...ownSpans.map((span) => statement(span, toDay(span, ownDays, day, plannedDay))));
      continue;
    }
    const stated = toPolarity(clause, folded);
    if (stated === null && ABOUT_OTHERS.test(clause.text)) continue;
    const meaning: 'present' | 'absent' | null =
      stated ??
      (SUITS.test(clause.text) || hasOnlyTimes(clause, ownSpans, ownDays) || question === 'availability'
        ? (clause.opening === 'contrast' || /^so\b/.test(clause.text)) &&
          (SUITS_AFTER_ALL.test(clause.text) || hasOnlyTimes(clause, ownSpans, ownDays))
          ? 'present'
          : (polarity ?? 'present')
        : null);
    polarity = stated ?? polarity;
    const inherited: DayMention | null = day;
    if (ownDays.length > 0) day = ownDays.at(-1) ?? null;
    if (meaning === null) continue;

    if (ownSpans.length === 0) {
      if (stated !== null && ownDays.length === 0 && !(inherited && !isPlanned(inherited, plannedDay))) {
        const [start, end] = [clause.start, clause.start + clause.text.trimEnd().length];
        (stated === 'present' ? present : absent).push({ interval: planned, start, end, confidence: 0.85 });
      }
      continue;
    }
    for (const span of ownSpans) {
      if (span.isWeak && stated === null && question !== 'availability' && !SUITS.test(clause.text)) continue;
      const on = toDay(span, ownDays, inherited, plannedDay);
      if (meaning === 'present') addPresent(present, span, on, clause);
      else addAbsent(absent, present, span, on, clause);
    }
  }
  if (
    question === 'availability' &&
    present.length === 0 &&
    absent.length === 0 &&
    spans.length === 0 &&
    days.length === 0
  ) {
    addBareAnswer(context, present, absent);
  }
  const excluded = exceptions.map(({ interval }) => interval);
  return {
    availability: settle(text, present, excluded),
    // "I leave at eight and am back at five": the absence ends at the return.
    unavailable: settle(text, [...absent, ...exceptions], backAgain(present, absent)),
  };
}

/** Presence with an open end that begins after an absence with an open end. */
function backAgain(present: readonly Statement[], absent: readonly Statement[]): Interval[] {
  return present
    .filter(
      ({ openEnd, interval }) => openEnd && absent.some((one) => one.openEnd && one.interval.start < interval.start),
    )
    .map(({ interval }) => interval);
}

function addPresent(present: Statement[], span: TimeSpan, on: DateTime, clause: Clause): void {
  const returns = /\b(by|at|around|about|a las?|back|home)\b/.test(span.kind === 'until' ? 'by' : clause.text);
  // "Home by six" means presence from six on; "come by six" means a delivery before six.
  const byTime =
    span.kind === 'until' &&
    /\bby\b/.test(clause.text.slice(span.start - clause.start, span.end - clause.start)) &&
    /\b(home|back|there|here|get|in)\b/.test(clause.text) &&
    !SUITS.test(clause.text);
  if (byTime) {
    present.push(statement({ ...span, from: span.to, to: Math.max(1260, span.to) }, on));
    return;
  }
  // A point in time is not a window, except where someone returns then.
  if (span.kind === 'at' && !(returns && /\b(home|back|llego|regreso|vuelvo|get in|get off)\b/.test(clause.text)))
    return;
  present.push(statement(span, on));
}

function addAbsent(absent: Statement[], present: Statement[], span: TimeSpan, on: DateTime, clause: Clause): void {
  const leaving = /\b(leav(e|ing)|head(ing)? out|go(ing)? out|step(ping)? out|me voy|salgo)\b/.test(clause.text);
  if (span.kind === 'at' && !leaving) return;
  if (span.kind === 'until' && leaving) {
    present.push(statement(span, on));
    return;
  }
  absent.push(statement(span, on));
  if (
    span.kind === 'until' &&
    NOT_UNTIL.test(clause.text) &&
    /\b(until|till|til|before|hasta|antes)\b/.test(clause.text)
  ) {
    present.push(statement({ ...span, from: span.to, to: Math.max(1260, span.to) }, on));
  }
}

function addBareAnswer(
  { text, locale, planned }: InstructionsContext,
  present: Statement[],
  absent: Statement[],
): void {
  const answer = matchYesNo(text, locale.startsWith('es') ? 'es' : 'en');
  if (!answer || answer.confidence < 0.7) return;
  const all = { interval: planned, start: 0, end: text.length, confidence: answer.confidence };
  (answer.value ? present : absent).push(all);
}

function toPolarity(clause: Clause, folded: string): 'present' | 'absent' | null {
  const ours = clause.text.replace(CALLED_THERE, ' ').replace(NEIGHBOR_THERE, ' ');
  const text = HANDED_OVER.test(folded.slice(0, clause.end)) ? ours.replace(THEY_ARE_THERE, ' ') : ours;
  if (ABSENT.test(text)) return 'absent';
  return PRESENT.test(text) ? 'present' : null;
}

/**
 * The statements of a text: its clauses, split further where a speech recognizer wrote two statements without a
 * conjunction ("mornings only I'm out in the afternoon"). A bare time stays with the statement that it belongs to
 * ("between one and two I'm home").
 */
function statementsOf(
  text: string,
  folded: string,
  spans: readonly TimeSpan[],
  days: readonly DayMention[],
): readonly Clause[] {
  const timesIn = (start: number, end: number): boolean =>
    [...spans, ...days].some((one) => one.start >= start && one.start < end);
  return splitClauses(text, folded).flatMap((clause) => {
    if (clause.opening !== 'plain') return [clause];
    const pieces: Clause[] = [];
    let rest = clause;
    for (const { index } of clause.text.matchAll(NEW_STATEMENT)) {
      const cut = clause.start + index;
      const left = { ...rest, end: cut, text: folded.slice(rest.start, cut) };
      const joined = toPolarity(left, folded) === null && !timesIn(cut, clause.end);
      if (joined || left.text.trim() === '') continue;
      pieces.push(left);
      rest = { ...rest, start: cut, text: folded.slice(cut, rest.end) };
    }
    return [...pieces, rest];
  });
}

/** Whether a clause consists of times only: "or after six", "between two and four". */
function hasOnlyTimes(clause: Clause, spans: readonly TimeSpan[], days: readonly DayMention[]): boolean {
  if (spans.length === 0) return false;
  let rest = clause.text;
  for (const { start, end } of [...spans, ...days]) {
    rest = rest.slice(0, Math.max(0, start - clause.start)) + ' '.repeat(end - start) + rest.slice(end - clause.start);
  }
  return AROUND_TIMES.test(rest);
}

const isPlanned = ({ day }: DayMention, plannedDay: DateTime): boolean => day.hasSame(plannedDay, 'day');

/** The day named last before the span in its clause, else the one after it, else the day of the clauses before. */
function toDay(
  span: TimeSpan,
  own: readonly DayMention[],
  inherited: DayMention | null,
  plannedDay: DateTime,
): DateTime {
  const before = own.filter(({ start }) => start <= span.start).at(-1);
  return (before ?? own[0] ?? inherited)?.day ?? plannedDay;
}

function statement(span: TimeSpan, day: DateTime): Statement {
  const { start, end, kind } = span;
  const openEnd = kind === 'after' || kind === 'at';
  return { interval: toInterval(span, day), start, end, confidence: span.isWeak ? 0.85 : 0.9, openEnd };
}

/** A span of wall-clock time on a local day, as instants. Correct on days on which the clocks change. */
export function toInterval({ from, to }: Pick<TimeSpan, 'from' | 'to'>, day: DateTime): Interval {
  const instant = (minutes: number): Date =>
    (minutes >= 1440
      ? day.plus({ days: 1 })
      : day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    ).toJSDate();
  return { start: instant(from), end: instant(to) };
}

function settle(text: string, statements: readonly Statement[], excluded: readonly Interval[]): Found<Interval>[] {
  const merged = subtract(union(statements.map(({ interval }) => interval)), excluded);
  return merged.map((interval) => {
    const grounds = statements.filter((one) => intersect([one.interval], [interval]).length > 0);
    const best = grounds.reduce(
      (a, b) => (b.confidence > a.confidence ? b : a),
      grounds[0] ?? statements[0] ?? NO_STATEMENT,
    );
    return {
      value: { start: toQuarter(interval.start), end: toQuarter(interval.end) },
      confidence: best.confidence,
      evidence: toEvidence(text, best.start, best.end),
    };
  });
}

const NO_STATEMENT: Statement = { interval: { start: new Date(0), end: new Date(0) }, start: 0, end: 0, confidence: 0 };

const toQuarter = (instant: Date): Date => new Date(Math.round(instant.getTime() / QUARTER_MS) * QUARTER_MS);
