import type { Language } from '#libs/domain/language/language.values.js';
import { fold } from '../text/fold.js';
import { AROUND_CHOICE, CHOICES, LAST_CHOICE, NAMED_CHOICE } from './choices.words.js';
import { COMMANDS, type CallCommand } from './commands.words.js';
import { matchOptOut } from './opt-out.js';
import { NO, NONE_OF_THEM, NOT_AN_ANSWER, YES } from './yes-no.words.js';

export type { CallCommand } from './commands.words.js';

/** What a short answer during the call means, and how sure the words alone make it (0–1). */
export interface QuickMatch<T> {
  readonly value: T;
  readonly confidence: number;
}

const CLEAR = 0.97;
/** The word is there, but in a sentence that may say more. */
const LIKELY = 0.8;
/** Both sides are there: ask. */
const MIXED = 0.4;

/** Yes or no, or `null` if the words are neither. "No problem" is a yes. */
export function matchYesNo(text: string, language: Language): QuickMatch<boolean> | null {
  const folded = fold(text).trim();
  const idioms = folded.match(NOT_AN_ANSWER[language]) ?? [];
  if (idioms.some((idiom) => /sure|know|segur|no se/.test(idiom))) return null;
  const rest = folded.replace(NOT_AN_ANSWER[language], ' ');
  // "Won't be home" contains "be home": what is denied is no yes.
  const no = NO[language].test(rest);
  const yes = YES[language].test(rest.replace(/\b(won't|not|never|can't|cannot|nobody|no one|nadie|no)\b.*$/, ' '));
  const short = folded.split(/\s+/).length <= 4;
  if (yes && no) return { value: !/^\s*no\b/.test(rest), confidence: MIXED };
  if (yes) return { value: true, confidence: short ? CLEAR : LIKELY };
  if (no) return { value: false, confidence: short ? CLEAR : LIKELY };
  return idioms.length > 0 ? { value: true, confidence: LIKELY } : null;
}

/** A word to the conversation itself rather than an answer; the first that fits. */
export function matchCommand(text: string, language: Language): CallCommand | null {
  const folded = fold(text).trim();
  return COMMANDS[language].find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/**
 * Which of the offered choices was meant (0-based), or `null` if none or several. A number word counts only in an answer
 * that says nothing but a choice, or where a choice is named as one: sentences are full of codes and house numbers.
 */
export function matchChoice(text: string, language: Language, choices: number): QuickMatch<number> | null {
  const folded = fold(text).replace(/\./g, ' ').trim();
  const alone = choiceAlone(folded, language, choices);
  if (alone !== null) return { value: alone, confidence: CLEAR };
  const named = [...folded.matchAll(NAMED_CHOICE[language])].map(([, before, after]) =>
    choiceOf(before ?? after ?? '', language, choices),
  );
  const [value] = named;
  return value == null || named.some((other) => other !== value) ? null : { value, confidence: LIKELY };
}

/** The choice of an answer like "the second one please". */
function choiceAlone(folded: string, language: Language, choices: number): number | null {
  // "The second one" names one choice, not two.
  const words = folded.replace(/\b(first|second|third|last) one\b/g, '$1').split(/\s+/);
  const said = words.filter((word) => !AROUND_CHOICE[language].test(word));
  return said.length === 1 ? choiceOf(said[0] ?? '', language, choices) : null;
}

function choiceOf(word: string, language: Language, choices: number): number | null {
  const index = LAST_CHOICE.test(word) ? choices - 1 : CHOICES[language].findIndex((pattern) => pattern.test(word));
  return index >= 0 && index < choices ? index : null;
}

/** Whether the words turn all offered choices down, or ask to leave things as they are. */
export const matchNoChoice = (text: string, language: Language): boolean =>
  NONE_OF_THEM[language].test(fold(text).replace(/\./g, ' ').trim());

/** Whether the caller asks for the other language. */
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

/** Whether the caller wants to speak a message onto a recording. */
export const asksForMessage = (text: string, language: Language): boolean => LEAVE_A_MESSAGE[language].test(fold(text));

/** Whether the words ask for no further calls. */
export const saysOptOut = (text: string): boolean => matchOptOut(fold(text)) !== null;
