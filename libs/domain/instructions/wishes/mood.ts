import { findValue } from '../text/find-phrase.js';
import type { Found, Sentiment } from '../model/types.js';
import { NEGATIVE, POSITIVE, URGENT } from './mood.words.js';

/**
 * The sentiment of the words, or `null`. A complaint outweighs thanks, because customers do not give thanks for what
 * they complain about.
 */
export function findSentiment(text: string, folded: string): Found<Sentiment> | null {
  return (
    findValue<Sentiment>(text, folded, 'negative', NEGATIVE) ?? findValue<Sentiment>(text, folded, 'positive', POSITIVE)
  );
}

/** Whether the delivery cannot wait. */
export const findUrgency = (text: string, folded: string): Found<true> | null =>
  findValue<true>(text, folded, true, URGENT);
