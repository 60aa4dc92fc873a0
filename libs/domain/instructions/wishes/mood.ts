import { findValue } from '../text/find-phrase.js';
import type { Found, Sentiment } from '../model/types.js';
import { NEGATIVE, POSITIVE, URGENT } from './mood.words.js';

/** How the customer sounds by their words; of both the complaint, since nobody thanks for what they complain of. */
export function findSentiment(text: string, folded: string): Found<Sentiment> | null {
  return (
    findValue<Sentiment>(text, folded, 'negative', NEGATIVE) ?? findValue<Sentiment>(text, folded, 'positive', POSITIVE)
  );
}

/** That it cannot wait. */
export const findUrgency = (text: string, folded: string): Found<true> | null =>
  findValue<true>(text, folded, true, URGENT);
