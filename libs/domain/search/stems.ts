import type { Language } from '#libs/domain/language/language.values.js';
import { stemmer as englishStem } from '@orama/stemmers/english';
import { stemmer as spanishStem } from '@orama/stemmers/spanish';

/** Languages with a stemmer. */
export type StemmedLanguage = Language;

const STEMMERS: Readonly<Record<StemmedLanguage, (word: string) => string>> = { en: englishStem, es: spanishStem };
/** Maximum words in the cache of a language. Stemming takes microseconds, and the same words recur. */
const MAX_CACHED = 50_000;
const cache: Readonly<Record<StemmedLanguage, Map<string, string>>> = { en: new Map(), es: new Map() };

/**
 * Returns the stem of a word by the Snowball algorithm, cached.
 * @param word in lower case and without accents
 */
export function toStem(word: string, language: StemmedLanguage): string {
  const stems = cache[language];
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = STEMMERS[language](word);
    if (stems.size >= MAX_CACHED) stems.clear();
    stems.set(word, stem);
  }
  return stem;
}

/** Returns the stems of a word in all languages, because a search does not state the language of the texts. */
export const toStems = (word: string): string[] => [...new Set([toStem(word, 'en'), toStem(word, 'es')])];
