import type { Language } from '#libs/domain/language/language.values.js';
import { stemmer as englishStem } from '@orama/stemmers/english';
import { stemmer as spanishStem } from '@orama/stemmers/spanish';

/** Languages whose forms are known. */
export type StemmedLanguage = Language;

const STEMMERS: Readonly<Record<StemmedLanguage, (word: string) => string>> = { en: englishStem, es: spanishStem };
/** Stemming costs microseconds, and people say the same words again and again. */
const MOST_KEPT = 50_000;
const kept: Readonly<Record<StemmedLanguage, Map<string, string>>> = { en: new Map(), es: new Map() };

/** What is common to a word's forms, by the Snowball stemmers. @param word folded, as `wordsOf` gives it */
export function stemOf(word: string, language: StemmedLanguage): string {
  const known = kept[language];
  let stem = known.get(word);
  if (stem === undefined) {
    stem = STEMMERS[language](word);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(word, stem);
  }
  return stem;
}

/** In every language: who searches need not say in which language something was said. */
export const stemsOf = (word: string): string[] => [...new Set([stemOf(word, 'en'), stemOf(word, 'es')])];
