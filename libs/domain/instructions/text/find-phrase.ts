import type { Evidence, Found } from '../model/types.js';
import { pattern } from './patterns.js';

/** A global pattern, and the confidence (0–1) of its matches. */
export type Phrase = readonly [pattern: RegExp, confidence: number];

const NEGATIONS_EN = [
  'no',
  'not',
  "don't",
  'do not',
  "doesn't",
  'does not',
  'never',
  'without',
  "isn't",
  "aren't",
  "won't",
  /no need (to|for)/,
] as const;
const NEGATIONS_ES = ['sin', 'nunca'] as const;
/** Words that may stand between a negation and the phrase it negates. */
const BETWEEN = [
  'the',
  'a',
  'any',
  'need',
  'to',
  'have',
  'you',
  'please',
  'really',
  'have to',
  'want',
  'hay',
  'need to',
  'is',
  'require',
  'necesita',
] as const;

/** A negation directly before a phrase. */
const NEGATED = pattern`\b${[...NEGATIONS_EN, ...NEGATIONS_ES]}( ${BETWEEN})* ?$`;

/** Returns the evidence at a range of the text. */
export const toEvidence = (text: string, start: number, end: number): Evidence => ({
  start,
  end,
  text: text.slice(start, end),
});

/** A phrase that occurs in a text. */
export interface PhraseMatch {
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
}

/**
 * Finds the first phrase that occurs in a folded text.
 * @param allowNegated whether a phrase directly after a negation counts
 */
export function findPhrase(folded: string, phrases: readonly Phrase[], allowNegated = false): PhraseMatch | null {
  for (const [pattern, confidence] of phrases) {
    for (const match of folded.matchAll(pattern)) {
      if (!allowNegated && NEGATED.test(folded.slice(0, match.index))) continue;
      return { start: match.index, end: match.index + match[0].trimEnd().length, confidence };
    }
  }
  return null;
}

/** Finds `value` if one of its phrases occurs in the text; see {@link findPhrase}. */
export function findValue<T>(
  text: string,
  folded: string,
  value: T,
  phrases: readonly Phrase[],
  allowNegated = false,
): Found<T> | null {
  const match = findPhrase(folded, phrases, allowNegated);
  return match && { value, confidence: match.confidence, evidence: toEvidence(text, match.start, match.end) };
}
