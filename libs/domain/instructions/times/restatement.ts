import { BOUND_WORD } from './compose-times.words.js';

/** Phrases that introduce a more exact time. */
const RESTATEMENTS: readonly (readonly string[])[] = [
  ['o', 'sea'],
  ['es', 'decir'],
  ['that', 'is'],
  ['i', 'mean'],
  ['say'],
  ['digamos'],
];

/** A time that is said twice. */
export interface Restatement {
  readonly first: readonly string[];
  /** The more exact time, with the bound of the first: "until lunch, say half past twelve". */
  readonly exact: readonly string[];
}

/** Finds the words that say a time again more exactly. `null` if there are none. */
export function findRestatement(words: readonly string[]): Restatement | null {
  for (const phrase of RESTATEMENTS) {
    const at = words.findIndex((_, index) => phrase.every((word, offset) => words[index + offset] === word));
    if (at <= 0) continue;
    const first = words.slice(0, at);
    const restated = words.slice(at + phrase.length);
    const bound = first.find((word) => BOUND_WORD.test(word));
    const isBounded = bound === undefined || restated.some((word) => BOUND_WORD.test(word));
    return { first, exact: isBounded ? restated : [bound, ...restated] };
  }
  return null;
}
