import type { Language } from '#libs/domain/language/language.values.js';
import { fold } from '../text/fold.js';
import { CHOICE_FILLERS, CHOICES, LAST_CHOICE, NAMED_CHOICE, RULED_OUT } from './choices.words.js';
import { COMMANDS, type CallCommand } from './commands.words.js';
import type { QuickMatch } from './match-yes-no.js';
import { matchOptOut } from './opt-out.js';
import { NONE_OF_THEM } from './yes-no.words.js';

export type { CallCommand } from './commands.words.js';
export type { QuickMatch } from './match-yes-no.js';
export { isUndecided, matchYesNo } from './match-yes-no.js';
export { isWrongNumber } from './wrong-number.js';

/** Confidence of an answer of a few words. */
const CLEAR = 0.97;
/** Confidence of an answer within a longer sentence, which may also be about something else. */
const LIKELY = 0.8;
/** The command that the caller says instead of an answer ("repeat", "wait"), or `null`. The first match counts. */
export function matchCommand(text: string, language: Language): CallCommand | null {
  const folded = fold(text).trim();
  return COMMANDS[language].find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/**
 * The 0-based index of the choice that the caller names, or `null` if the caller names none or several. A number counts
 * only if the answer contains nothing else ("two, please") or calls it a choice ("option two"), because other numbers
 * may be codes or house numbers.
 * @param choices number of offered choices
 */
export function matchChoice(text: string, language: Language, choices: number): QuickMatch<number> | null {
  if (isChoiceRuledOut(text, language)) return null;
  const folded = fold(text).replace(/\./g, ' ').trim();
  const onlyChoice = toOnlyChoice(folded, language, choices);
  if (onlyChoice !== null) return { value: onlyChoice, confidence: CLEAR };
  const named = [...folded.matchAll(NAMED_CHOICE[language])].map(([, before, after]) =>
    toChoice(before ?? after ?? '', language, choices),
  );
  const [value] = named;
  return value == null || named.some((other) => other !== value) ? null : { value, confidence: LIKELY };
}

/**
 * Whether the words rule a choice out: "not the first one". What is wanted instead is not derived from it. An English
 * "no" at the beginning answers the question and rules nothing out: "no, the second one".
 */
function isChoiceRuledOut(text: string, language: Language): boolean {
  const folded = fold(text).replace(/\./g, ' ').trim();
  return RULED_OUT[language].test(language === 'en' ? folded.replace(/^(no|nope|nah)\b/, '') : folded);
}

/** The index of the choice in an answer that contains nothing else, such as "the second one please", or `null`. */
function toOnlyChoice(folded: string, language: Language, choices: number): number | null {
  // "The second one" names one choice, not two.
  const words = folded.replace(/\b(first|second|third|last) one\b/g, '$1').split(/\s+/);
  const choiceWords = words.filter((word) => !CHOICE_FILLERS[language].test(word));
  return choiceWords.length === 1 ? toChoice(choiceWords[0] ?? '', language, choices) : null;
}

function toChoice(word: string, language: Language, choices: number): number | null {
  const index = LAST_CHOICE.test(word) ? choices - 1 : CHOICES[language].findIndex((pattern) => pattern.test(word));
  return index >= 0 && index < choices ? index : null;
}

/** Whether the caller declines all offered choices, or asks to keep the delivery as planned. */
export const matchNoChoice = (text: string, language: Language): boolean =>
  NONE_OF_THEM[language].test(fold(text).replace(/\./g, ' ').trim());

/** The language that the caller asks to switch to, or `null`. */
export function matchLanguageSwitch(text: string, language: Language): Language | null {
  const folded = fold(text);
  if (language === 'en' && /\b(espanol|spanish)\b/.test(folded)) return 'es';
  if (language === 'es' && /\b(ingles|english)\b/.test(folded)) return 'en';
  return null;
}

const LEAVE_A_MESSAGE: Record<Language, RegExp> = {
  en: /\b(leave|record) (him |her |them |you |the (driver|courier|agent) )?a (voice |spoken )?message\b/,
  es: /\b(dejar(le)?|grabar(le)?) un mensaje\b/,
};

/** Whether the caller wants to record a message. */
export const asksForMessage = (text: string, language: Language): boolean => LEAVE_A_MESSAGE[language].test(fold(text));

/** Whether the words ask for no further calls. */
export const isOptOutRequest = (text: string): boolean => matchOptOut(fold(text)) !== null;
