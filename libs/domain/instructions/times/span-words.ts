import type { Reading, Span } from '../reading/reader.js';

/** Number of tokens before and after a span that show whether its time is a return, a departure or an order. */
const REACH = 7;

/** Positions in a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Folded words of a span. */
export const wordsOf = ({ tokens }: Reading, { from, to }: Pick<Span, 'from' | 'to'>): string[] =>
  tokens.slice(from, to).map(({ text }) => text);

/** Returns the words before a span. */
export const wordsBefore = (reading: Reading, { from }: Span): string[] =>
  wordsOf(reading, { from: Math.max(0, from - REACH), to: from });

/** The words after a span, up to the end of its statement. */
export function wordsAfter(reading: Reading, { to }: Span): string[] {
  const words = wordsOf(reading, { from: to, to: to + REACH });
  const end = words.findIndex((word) => /^([.;!?]|but|pero)$/.test(word));
  return end < 0 ? words : words.slice(0, end);
}

/** Returns the position of a span in the text. */
export const toPlace = ({ tokens }: Reading, { from, to }: Span): TextRange => ({
  start: tokens[from]?.start ?? 0,
  end: tokens[to - 1]?.end ?? 0,
});
