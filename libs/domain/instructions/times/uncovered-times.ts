import type { Reading } from '../reading/reader.js';
import { readClock } from './clock.js';
import { BOUND_WORD, EXCEPT_WORD } from './compose-times.words.js';
import type { TextRange } from './span-words.js';
import { PARTS } from './time-words.words.js';

/** Words that may stand between a bound and its time, and between an exception and its time. */
const AFTER_BOUND = /^(de|del|las|la|el|about|around|like|a)$/;
const AFTER_EXCEPTION = /^(the|at|for|in|during|a|la|las|hora|de|el|en|por|from|between|entre)$/;

/** Finds bounds and exceptions of times that the reader has not tagged: "but only after three", "except lunch". */
export function findUncoveredTimes({ tokens, spans }: Reading): TextRange[] {
  const words = tokens.map(({ text }) => text);
  const isMarked = (at: number): boolean => spans.some(({ from, to }) => from <= at && at < to);
  const isOfOtherTopic = (at: number): boolean =>
    spans.some(({ from, to, tag }) => from <= at && at < to && tag !== 'yes' && tag !== 'no' && tag !== 'cond');
  const skip = (from: number, pattern: RegExp): number => {
    let at = from;
    while (pattern.test(words[at] ?? '')) at += 1;
    return at;
  };
  const toRange = (from: number, last: number): TextRange => ({
    start: tokens[from]?.start ?? 0,
    end: tokens[last]?.end ?? 0,
  });
  const misread = spans
    .filter(
      ({ tag, from, to }) =>
        tag === 'scenery' && to - from <= 3 && /^(?:at|a)$/.test(words[from] ?? '') && isClockOnly(words, from + 1, to),
    )
    .map(({ from, to }) => toRange(from, to - 1));
  const unmarked = words.flatMap((word, at) => {
    if (EXCEPT_WORD.test(word)) {
      const time = skip(at + 1, AFTER_EXCEPTION);
      const isTime = (words[time] ?? '') in PARTS || readClock(words, time) !== null;
      return isTime && !isMarked(time) ? [toRange(at, time)] : [];
    }
    if (!BOUND_WORD.test(word) || isMarked(at)) return [];
    const time = skip(at + 1, AFTER_BOUND);
    const clock = readClock(words, time);
    return clock && !isOfOtherTopic(time) ? [toRange(at, clock.next - 1)] : [];
  });
  return [...misread, ...unmarked];
}

/** Whether words are a clock time and nothing else: "at 1700" is no place. */
const isClockOnly = (words: readonly string[], from: number, to: number): boolean =>
  readClock(words.slice(from, to), 0)?.next === to - from;
