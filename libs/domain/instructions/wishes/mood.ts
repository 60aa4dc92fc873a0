import { findValue } from '../text/find-phrase.js';
import type { Found, Sentiment } from '../model/types.js';
import { NEGATIVE, POSITIVE, URGENT } from './mood.words.js';

/**
 * Returns the sentiment of the words, or `null`. A complaint outweighs thanks, which are often mere politeness.
 */
export function findSentiment(text: string, folded: string): Found<Sentiment> | null {
  return (
    findValue<Sentiment>(text, folded, 'negative', NEGATIVE) ?? findValue<Sentiment>(text, folded, 'positive', POSITIVE)
  );
}

/** Whether the customer says that the delivery is urgent. */
export const findUrgency = (text: string, folded: string): Found<true> | null =>
  findValue<true>(text, folded, true, URGENT);
