import type { DateTime } from 'luxon';
import { intersect, subtract, union, type Interval } from '#libs/domain/time/index.js';
import { toEvidence } from '../text/find-phrase.js';
import type { Found } from '../model/types.js';
import type { Window } from './window.js';

/** A stated time, with the words that state it. */
export interface Statement {
  readonly interval: Interval;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly kind: Window['kind'];
  /** Index of the first token, and whether "or" stands between it and the statement before. */
  readonly from: number;
}

const QUARTER_MS = 15 * 60_000;

/** A span of wall-clock time on a local day, as instants. Correct on days on which the clocks change. */
export function toInterval({ from, to }: Pick<Window, 'from' | 'to'>, day: DateTime): Interval {
  const instant = (minutes: number): Date =>
    (minutes >= 1440
      ? day.plus({ days: 1 })
      : day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
    ).toJSDate();
  return { start: instant(from), end: instant(to) };
}

/** Converts statements to windows that do not overlap, minus the excluded times, rounded to a quarter of an hour. */
export function settle(
  text: string,
  statements: readonly Statement[],
  excluded: readonly Interval[],
): Found<Interval>[] {
  const merged = subtract(union(statements.map(({ interval }) => interval)), excluded);
  return merged.flatMap((interval) => {
    const grounds = statements.filter((one) => intersect([one.interval], [interval]).length > 0);
    const [first] = grounds;
    if (!first) return [];
    const best = grounds.reduce((a, b) => (b.confidence > a.confidence ? b : a), first);
    return [
      {
        value: { start: toQuarter(interval.start), end: toQuarter(interval.end) },
        confidence: best.confidence,
        evidence: toEvidence(text, best.start, best.end),
      },
    ];
  });
}

const toQuarter = (instant: Date): Date => new Date(Math.round(instant.getTime() / QUARTER_MS) * QUARTER_MS);

/** Intersects statements about one day, such as "after two" and "before four", or "afternoon" and "after three". */
export function joinBounds(statements: readonly Statement[], words: readonly string[]): Statement[] {
  const joined: Statement[] = [];
  for (const statement of statements) {
    const previous = joined.at(-1);
    const common = previous && toCommon(previous, statement, words);
    if (common) joined.splice(-1, 1, common);
    else joined.push(statement);
  }
  return joined;
}

function toCommon(first: Statement, second: Statement, words: readonly string[]): Statement | null {
  if (first.from === second.from) return null;
  const between = words.slice(first.from, second.from);
  if (between.some((word) => /^(or|o|u|again|luego|later|otra)$/.test(word))) return null;
  const kinds = new Set([first.kind, second.kind]);
  const areBounds = (kinds.has('after') || kinds.has('at')) && kinds.has('until');
  const isNarrowing = areBounds || ((kinds.has('part') || kinds.has('all_day')) && kinds.size === 2);
  const [common] = intersect([first.interval], [second.interval]);
  // "I get back at noon, so twelve thirty to three", "I'm in town at four, home from half past four on".
  const isOpen = first.kind === 'at' || first.kind === 'after';
  if (isOpen && common && second.kind === 'range') return second;
  // "I'm in at six, but my brother is there from two on" are two people.
  const isOfOther = between.some((word) => /^(?:but|pero|my|mi|he|she|el|ella)$/.test(word));
  if (isOpen && common && !isOfOther && (second.kind === 'at' || second.kind === 'after'))
    return first.interval.start > second.interval.start ? first : second;
  return isNarrowing && common ? { ...second, interval: common, kind: 'range' } : null;
}
