import type { Language } from '#libs/domain/language/language.values.js';
import { fold } from '../text/fold.js';
import type { YesNoWords } from './yes-no-words.js';
import { YES_NO } from './yes-no.words.js';

/** Meaning of a short answer during the call. */
export interface QuickMatch<T> {
  readonly value: T;
  /** 0–1, from the words alone; the confidence of the speech recognizer is not included. */
  readonly confidence: number;
}

/** Confidence of an answer that consists of a few words. */
const CLEAR = 0.97;
/** Confidence of an answer within a longer sentence, which may also be about something else. */
const LIKELY = 0.8;
/** Confidence if both yes and no occur. Low, so that the caller is asked again. */
const MIXED = 0.4;
const MAX_WORDS_OF_CLEAR_ANSWER = 4;

/**
 * Where a clause ends: what is agreed in one may be denied in the next. A question mark stays with its clause.
 */
const CLAUSE_END = /(?<=\?)|[.,;!¿¡]+|\b(?:but|however|though|pero|aunque|sino)\b/i;
/** An auxiliary before its subject, or a question word before an auxiliary. */
const QUESTION_EN =
  /^(?:is|are|was|will|do|does|did|can|could|would|should|have|has) (?:somebody|someone|anybody|anyone|there|you|it|this|that|he|she|they|we|i)\b|^(?:who|what|when|where|why|how|which)(?:'s|'re)?(?: \w+)? (?:is|are|was|will|do|does|did|can|could|would|should|has|have|time|calling)\b|^(?:who|what)'s\b/;
const QUESTION_ES =
  /^(?:hay|esta) alguien(?: ahi| alli)?$|^(?:quien|que|cuando|donde|como|por que|a que) (?:es|son|habla|llama|quiere|paquete|hora|dia|empresa|viene|vienen|llega|llegan|pasa|pasan)\b/;

/**
 * The clauses of an answer, folded, without the questions that it asks back, conditions and fillers. A question is no
 * answer: `is somebody there?`
 */
export function toStatements(text: string, language: Language): string[] {
  const clauses: string[] = [];
  for (const raw of text.replace(/\?+/g, '?').split(CLAUSE_END)) {
    const clause = toClause(raw.replace('?', ''), language).replace(YES_NO[language].condition, '').trim();
    const isQuestion = raw.endsWith('?') || (language === 'en' ? QUESTION_EN : QUESTION_ES).test(clause);
    if (clause !== '' && !isQuestion) clauses.push(clause);
  }
  return clauses;
}

/** Folds a clause, but keeps the accent of the Spanish `sí`, which distinguishes it from "if". */
function toClause(raw: string, language: Language): string {
  const folded = fold(raw).replace(/\s+/g, ' ').trim();
  const plain = folded.replace(YES_NO[language].fillers, '');
  return language === 'es' ? withAccentOfYes(raw, plain) : plain;
}

function withAccentOfYes(raw: string, folded: string): string {
  const words =
    raw
      .toLowerCase()
      .normalize('NFC')
      .match(/\bs[ií](?=\P{L}|$)/giu) ?? [];
  let index = 0;
  return folded.replace(/\bsi\b/g, () => (words[index++] === 'sí' ? 'sí' : 'si'));
}

/** Whether the caller says that they do not know: "not sure", "it depends". */
export const isUndecided = (text: string, language: Language): boolean =>
  toStatements(text, language).some((clause) => clause.search(YES_NO[language].undecided) >= 0);

/** Whether the words only answer the phone: "yes, hello?". */
export const isGreeting = (text: string, language: Language): boolean =>
  YES_NO[language].greeting.test(
    fold(text)
      .replace(/[.\s]+/g, ' ')
      .trim(),
  );

/**
 * Whether the words mean yes or no; `null` if they mean neither, are undecided or only ask back. "No problem" is a yes,
 * and "absolutely not" is a no. If the words say both, the last one is returned with a low confidence.
 */
export function matchYesNo(text: string, language: Language): QuickMatch<boolean> | null {
  if (isUndecided(text, language) || isGreeting(text, language)) return null;
  const clauses = toStatements(text, language);
  const polarities = clauses.flatMap((clause) => readPolarities(clause, YES_NO[language]));
  const strong = polarities.filter(({ isWeak }) => !isWeak);
  const counted = strong.length > 0 ? strong : polarities;
  const last = counted.at(-1);
  if (last === undefined) return null;
  if (counted.some(({ value }) => value !== last.value)) return { value: last.value, confidence: MIXED };
  // "Yes, but don't ring the bell" answers in its first clause.
  const isAnsweredFirst =
    clauses[0]?.split(' ').length === 1 && readPolarities(clauses[0], YES_NO[language]).length > 0;
  const isShort = clauses.join(' ').split(' ').length <= MAX_WORDS_OF_CLEAR_ANSWER;
  return { value: last.value, confidence: isShort || isAnsweredFirst ? CLEAR : LIKELY };
}

interface Polarity {
  readonly value: boolean;
  /** Whether it counts only where nothing stronger is said. */
  readonly isWeak?: boolean;
}

/** Every yes and no of a clause. Idioms are read first, because their words mean something else alone. */
function readPolarities(clause: string, words: YesNoWords): Polarity[] {
  const found: Polarity[] = [];
  let rest = clause;
  for (const [idioms, value] of [
    [words.yesIdioms, true],
    [words.noIdioms, false],
  ] as const) {
    if (rest.search(idioms) < 0) continue;
    found.push({ value });
    rest = rest.replace(idioms, ' ').replace(/\s+/g, ' ').trim();
  }
  const isDenied = words.denial.test(rest);
  // The words after a negation are not searched for a yes: "we won't be there okay".
  const beforeDenial = isDenied ? rest.slice(0, rest.search(words.denial)) : rest;
  if (words.no.test(rest)) found.unshift({ value: false });
  if (words.yes.test(beforeDenial)) found.push({ value: true });
  else if (words.weakYes.test(rest)) found.push({ value: true, isWeak: true });
  if (isDenied) found.push({ value: false });
  return found;
}
