import type { Reading, Span } from '../reading/reader.js';
import { wordsOf } from './span-words.js';

/** Likelihood of a time that the words around it put in doubt, 0–1, from which on it counts. */
export const CLEAR_CONFIDENCE = 0.75;

/** "Minding the kids in the morning, but in the afternoon I'm in": a less likely time before a contrast. */
export function isContrasted(reading: Reading, { tag, to, confidence }: Span): boolean {
  const next = reading.spans.find((one) => one.tag === 'yes' && one.from >= to);
  if (tag !== 'yes' || confidence >= CLEAR_CONFIDENCE || !next) return false;
  const between = wordsOf(reading, { from: to, to: next.from });
  return between.some((word) => /^(?:but|pero)$/.test(word));
}

/** "He's open till ten" tells when another shop is open. */
export function isOpeningOfOther(reading: Reading, { from }: Span): boolean {
  const before = wordsOf(reading, { from: Math.max(0, from - 2), to: from });
  return /^(?:he's|she's|they're|it's) open$/.test(before.join(' '));
}
