import { fold } from '#libs/domain/instructions/text/fold.js';
import { matchYesNo } from '#libs/domain/instructions/wishes/quick-match.js';
import { LANGUAGES } from '#libs/domain/language/language.values.js';
import { FILLERS, getEchoes } from './answer.words.js';
import type { AskedDecision } from './text-message.values.js';

/** Minimum confidence, 0 to 1, of a yes or no. Excludes texts that say both. */
const MIN_ANSWER_CONFIDENCE = 0.8;

/**
 * Whether a customer's text answers an ask-back with a clear yes or no, in any language. One word must say yes or no.
 * Every other word must be a courtesy or repeat what the ask-back offers for that answer: "Yes, on the porch" and "yes,
 * deliver it" are no answers, because what cannot be undone must not follow from words that were misread.
 * @returns `undefined` if the text is anything else
 * @example
 * parseAnswer('Yes, send it back please', 'refused'); // true
 */
export function parseAnswer(text: string, decision: AskedDecision): boolean | undefined {
  const answers = LANGUAGES.flatMap((language) => {
    const match = matchYesNo(text.replaceAll('.', ' '), language);
    return match && match.confidence >= MIN_ANSWER_CONFIDENCE ? [match.value] : [];
  });
  const [answer] = answers;
  if (answer === undefined || answers.some((other) => other !== answer)) return undefined;
  const words = (fold(text).match(/[a-z0-9']+/g) ?? []).filter((word) => !FILLERS.has(word));
  const echoes = getEchoes(decision, answer);
  const isComplete = words.every((word) => echoes.has(word) || says(answer, word));
  return isComplete && words.some((word) => says(answer, word)) ? answer : undefined;
}

/** Whether a word alone says this answer, and in no language the other one. */
function says(answer: boolean, word: string): boolean {
  const values = LANGUAGES.map((language) => matchYesNo(word, language)?.value);
  return values.includes(answer) && !values.includes(!answer);
}
