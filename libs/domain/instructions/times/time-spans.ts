import { timeOfDay, type TimeOfDay } from '#libs/domain/time/index.js';
import { readClockTime, resolveClockTime } from './clock-times.js';
import {
  AFTER,
  AFTERNOON,
  ALL_DAY,
  AT,
  EVENING,
  LUNCH,
  MORNING,
  NOON,
  NOT_A_TIME,
  RANGE,
  THAT_TIME,
  UNTIL,
} from './time-spans.words.js';

/** A part of a day by wall clock, as the customer named it. */
export interface TimeSpan {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  /** `until` spans end and `after` spans start at the named time, which matters for "not home until six". */
  readonly kind: 'range' | 'after' | 'until' | 'at' | 'part' | 'all_day';
  readonly start: number;
  readonly end: number;
  /** Only a bare number supports it. */
  readonly isWeak: boolean;
}

const DAY_START = timeOfDay(8);
const DAY_END = timeOfDay(21);

const PARTS: readonly (readonly [RegExp, TimeOfDay, TimeOfDay])[] = [
  [ALL_DAY, DAY_START, DAY_END],
  [LUNCH, timeOfDay(12), timeOfDay(13)],
  [MORNING, DAY_START, timeOfDay(12)],
  [AFTERNOON, timeOfDay(12), timeOfDay(17)],
  [EVENING, timeOfDay(17), DAY_END],
];

/** Two mentions of one time are at most this many characters apart. */
const MAX_GAP_CHARACTERS = 20;

/** The spans of time that a folded text names, in order and without overlaps. */
export function findTimeSpans(folded: string): TimeSpan[] {
  const spans: TimeSpan[] = [];
  const add = (span: TimeSpan | null): void => {
    if (!span || span.to <= span.from) return;
    if (NOT_A_TIME.test(folded.slice(span.end))) return;
    if (spans.some((other) => span.start < other.end && other.start < span.end)) return;
    spans.push(span);
  };
  for (const match of folded.matchAll(RANGE)) add(readRange(match));
  for (const match of folded.matchAll(AFTER)) add(readEdge(match, 'after', folded));
  for (const match of folded.matchAll(UNTIL)) add(readEdge(match, 'until', folded));
  for (const match of folded.matchAll(NOON)) add(toSpan(match, timeOfDay(12), timeOfDay(13)));
  for (const match of folded.matchAll(AT)) add(readEdge(match, 'at', folded));
  for (const match of folded.matchAll(THAT_TIME)) add(readReference(match, spans));
  for (const [pattern, from, to] of PARTS) {
    for (const match of folded.matchAll(pattern)) {
      add(toSpan(match, from, to));
    }
  }
  return spans.filter((span) => !isNarrowed(span, spans)).sort((a, b) => a.start - b.start);
}

const toSpan = (match: RegExpMatchArray, from: TimeOfDay, to: TimeOfDay): TimeSpan => ({
  ...{ from, to, kind: from === DAY_START && to === DAY_END ? 'all_day' : 'part', isWeak: false },
  ...toPosition(match),
});

/** Whether an exact time is beside a part of the day: "this evening from six to nine", "evenings only, after seven". */
function isNarrowed(part: TimeSpan, spans: readonly TimeSpan[]): boolean {
  const isExact = ({ kind }: TimeSpan): boolean => kind === 'range' || kind === 'after' || kind === 'until';
  const gap = (one: TimeSpan): number => Math.max(one.start - part.end, part.start - one.end);
  return (
    part.kind === 'part' &&
    spans.some((one) => isExact(one) && gap(one) <= MAX_GAP_CHARACTERS && one.from >= part.from && one.from < part.to)
  );
}

/** "I get off work at four, so any time after that" refers to the time that was named last. */
function readReference(match: RegExpMatchArray, spans: readonly TimeSpan[]): TimeSpan | null {
  const named = spans.filter(({ kind, end }) => kind === 'at' && end <= (match.index ?? 0)).at(-1);
  if (!named) return null;
  const isAfter = match[0].includes('after') || match[0].includes('despues');
  const place = { ...toPosition(match), isWeak: false };
  return isAfter
    ? { from: named.from, to: Math.max(DAY_END, named.from), kind: 'after', ...place }
    : { from: Math.min(DAY_START, named.from), to: named.from, kind: 'until', ...place };
}

function readRange(match: RegExpMatchArray): TimeSpan | null {
  const said = readClockTime(match.groups?.['a'] ?? match.groups?.['c'] ?? '');
  const until = readClockTime(match.groups?.['b'] ?? '');
  if (!said || !until) return null;
  // "From two to four p.m.": the half of the day also applies to the start, where that keeps the order.
  const isStartAfternoon =
    said.half === null && until.half === 'pm' && said.minutes + 720 < until.minutes && said.minutes < timeOfDay(8);
  const from = isStartAfternoon ? said.minutes + 720 : resolveClockTime(said, 'start');
  const to = resolveClockTime(until, 'end', from);
  return {
    from,
    to,
    kind: 'range',
    ...toPosition(match),
    isWeak: said.isBare && until.isBare && match.groups?.['c'] !== undefined,
  };
}

function readEdge(match: RegExpMatchArray, kind: 'after' | 'until' | 'at', folded: string): TimeSpan | null {
  const said = readClockTime(match.groups?.['a'] ?? match.groups?.['b'] ?? '');
  if (!said) return null;
  const place = toPosition(match);
  const near = folded.slice(Math.max(0, place.start - 25), place.end + 25);
  const half = said.half === null && /\b(tonight|evening|afternoon|noche|tarde)\b/.test(near) ? 'pm' : said.half;
  const time = half === said.half ? said : { ...said, half, minutes: (said.minutes % 720) + 720 };
  const at = resolveClockTime(time, kind === 'until' ? 'end' : 'start');
  return kind === 'until'
    ? { from: Math.min(DAY_START, at), to: at, kind, ...place, isWeak: false }
    : { from: at, to: Math.max(DAY_END, at), kind, ...place, isWeak: said.isBare && kind === 'at' };
}

const toPosition = (match: RegExpMatchArray): { start: number; end: number } => ({
  start: match.index ?? 0,
  end: (match.index ?? 0) + match[0].trimEnd().length,
});
