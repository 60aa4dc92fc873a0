import { fold } from '../text/fold.js';

/** A word, a number or a punctuation mark of a text. */
export interface Token {
  /** Folded: lower case, without accents. */
  readonly text: string;
  /** Lower case with accents, which distinguish Spanish "sí" (yes) from "si" (if). */
  readonly spelling: string;
  readonly start: number;
  readonly end: number;
}

/** "don't", "10:30" and "o'clock" are one token each, "4pm" is two, and each punctuation mark is one. */
const TOKEN = /[\p{L}\p{M}]+(?:['’`][\p{L}\p{M}]+)*|\d+(?::\d+)?|[^\s\p{L}\p{M}\d]/gu;

/** Splits at most the first `limit` tokens of a text. Linear in the length of the text that is read. */
export function tokenize(source: string, limit: number): Token[] {
  const tokens: Token[] = [];
  for (const match of source.matchAll(TOKEN)) {
    if (tokens.length === limit) break;
    const [word] = match;
    // `fold` replaces punctuation with spaces, but here it shows where a statement ends.
    const text = /[\p{L}\d]/u.test(word) ? fold(word) : word;
    tokens.push({ text, spelling: word.toLowerCase(), start: match.index, end: match.index + word.length });
  }
  return tokens;
}
