import type { Reading, Span } from '../reading/reader.js';
import { wordsOf } from './span-words.js';

/** Minimum confidence, 0–1, of a time that the words around it contradict. */
export const CLEAR_CONFIDENCE = 0.75;

/**
 * Whether a time of low confidence precedes a contrast, so that it is unclear: "minding the kids in the morning, but in
 * the afternoon I'm in".
 */
export function isContrasted(reading: Reading, { tag, to, confidence }: Span): boolean {
  const next = reading.spans.find((one) => one.tag === 'yes' && one.from >= to);
  if (tag !== 'yes' || confidence >= CLEAR_CONFIDENCE || !next) return false;
  const between = wordsOf(reading, { from: to, to: next.from });
  return between.some((word) => /^(?:but|pero)$/.test(word));
}

/** Whether the time is the opening hours of a shop: "he's open till ten". */
export function isOpeningOfOther(reading: Reading, { from }: Span): boolean {
  const before = wordsOf(reading, { from: Math.max(0, from - 2), to: from });
  return /^(?:he's|she's|they're|it's) open$/.test(before.join(' '));
}
