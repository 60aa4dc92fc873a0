import { BOILERPLATE } from './boilerplate.words.js';

/** Where a sentence ends; an address holds signs as well. */
const SENTENCE_END = /(?<=[.!?…♪\])])\s+/;
/** No boilerplate is longer, in characters. */
const MAX_LENGTH = 120;

/**
 * Removes the sentences that recognizers write over silence and noise ("Thank you for watching!"). They often come with
 * a high probability, so that no threshold tells them from speech.
 * @returns the other sentences as they were written; an empty string if nothing was spoken
 * @example withoutBoilerplate('Leave it on the porch. Thanks for watching!') // 'Leave it on the porch.'
 */
export function withoutBoilerplate(text: string): string {
  const sentences = text.split(SENTENCE_END);
  const spoken = sentences.filter((sentence) => !isBoilerplate(sentence));
  return spoken.length === sentences.length ? text : spoken.join(' ').trim();
}

function isBoilerplate(sentence: string): boolean {
  if (sentence.length > MAX_LENGTH) return false;
  const words = sentence
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
  // Only signs, such as "♪".
  if (words === '') return sentence.trim() !== '';
  return BOILERPLATE.some((phrase) => phrase.test(words));
}
