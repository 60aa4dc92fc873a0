import type { Language } from '#libs/domain/language/language.values.js';
import { fold } from '../text/fold.js';
import { AROUND_CHOICE, CHOICES, LAST_CHOICE, NAMED_CHOICE } from './choices.words.js';
import { COMMANDS, type CallCommand } from './commands.words.js';
import { matchOptOut } from './opt-out.js';
import { NO, NONE_OF_THEM, NOT_AN_ANSWER, YES } from './yes-no.words.js';

export type { CallCommand } from './commands.words.js';

/** Meaning of a short answer during the call, and the confidence by its words alone (0–1). */
export interface QuickMatch<T> {
  readonly value: T;
  readonly confidence: number;
}

const CLEAR = 0.97;
/** The word occurs in a sentence that may say more. */
const LIKELY = 0.8;
/** Both answers occur: the caller must be asked again. */
const MIXED = 0.4;

/** Whether the words mean yes or no; `null` if they mean neither. "No problem" is a yes. */
export function matchYesNo(text: string, language: Language): QuickMatch<boolean> | null {
  const folded = fold(text).trim();
  const idioms = folded.match(NOT_AN_ANSWER[language]) ?? [];
  if (idioms.some((idiom) => /sure|know|segur|no se/.test(idiom))) return null;
  const rest = folded.replace(NOT_AN_ANSWER[language], ' ');
  // "Won't be home" contains "be home", which is not a yes when it is denied.
  const no = NO[language].test(rest);
  const yes = YES[language].test(rest.replace(/\b(won't|not|never|can't|cannot|nobody|no one|nadie|no)\b.*$/, ' '));
  const short = folded.split(/\s+/).length <= 4;
  if (yes && no) return { value: !/^\s*no\b/.test(rest), confidence: MIXED };
  if (yes) return { value: true, confidence: short ? CLEAR : LIKELY };
  if (no) return { value: false, confidence: short ? CLEAR : LIKELY };
  return idioms.length > 0 ? { value: true, confidence: LIKELY } : null;
}

/** The command that the caller gives to the conversation instead of an answer, or `null`. The first match counts. */
export function matchCommand(text: string, language: Language): CallCommand | null {
  const folded = fold(text).trim();
  return COMMANDS[language].find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/**
 * The index (0-based) of the chosen one of the offered choices, or `null` if none or several were named. A number word
 * counts only in an answer that consists of a choice alone, or where it is named as a choice, because other sentences
 * contain codes and house numbers.
 * @param choices number of offered choices
 */
export function matchChoice(text: string, language: Language, choices: number): QuickMatch<number> | null {
  const folded = fold(text).replace(/\./g, ' ').trim();
  const alone = toOnlyChoice(folded, language, choices);
  if (alone !== null) return { value: alone, confidence: CLEAR };
  const named = [...folded.matchAll(NAMED_CHOICE[language])].map(([, before, after]) =>
    toChoice(before ?? after ?? '', language, choices),
  );
  const [value] = named;
  return value == null || named.some((other) => other !== value) ? null : { value, confidence: LIKELY };
}

/** The choice in an answer such as "the second one please". */
function toOnlyChoice(folded: string, language: Language, choices: number): number | null {
  // "The second one" names one choice, not two.
  const words = folded.replace(/\b(first|second|third|last) one\b/g, '$1').split(/\s+/);
  const said = words.filter((word) => !AROUND_CHOICE[language].test(word));
  return said.length === 1 ? toChoice(said[0] ?? '', language, choices) : null;
}

function toChoice(word: string, language: Language, choices: number): number | null {
  const index = LAST_CHOICE.test(word) ? choices - 1 : CHOICES[language].findIndex((pattern) => pattern.test(word));
  return index >= 0 && index < choices ? index : null;
}

/** Whether the words decline all offered choices, or ask to keep the delivery as it is planned. */
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
