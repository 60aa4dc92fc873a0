import fc from 'fast-check';
import { DateTime } from 'luxon';
import { analyzeInstructions, type Instructions } from '#libs/domain/instructions/index.js';
import { loadReaderModel } from '#libs/testing/reader/reader-model.js';

export const ZONE = 'America/Chicago';
/** The planned day. */
export const DAY = DateTime.fromISO('2026-03-03', { zone: ZONE });

export type Locale = 'en-US' | 'es-MX';
export type ByLocale = Readonly<Record<Locale, readonly string[]>>;

/** The analysis of words about a delivery that is planned for the whole day tomorrow. */
export function analyze(
  text: string,
  locale: Locale,
  question: 'availability' | 'instructions' = 'instructions',
): Instructions {
  const planned = { start: DAY.set({ hour: 9 }).toJSDate(), end: DAY.set({ hour: 20 }).toJSDate() };
  const now = DAY.minus({ days: 1 }).set({ hour: 9 }).toJSDate();
  return analyzeInstructions({ text, locale, zone: ZONE, now, planned, question }, loadReaderModel());
}

export const locales = fc.constantFrom<Locale>('en-US', 'es-MX');

/** A template of a locale, whose `$0`, `$1` are replaced by words. */
export const fill = (templates: ByLocale, locale: Locale, ...words: readonly string[]) =>
  fc
    .constantFrom(...templates[locale])
    .map((template) => template.replace(/\$(\d)/g, (_, n) => words[Number(n)] ?? ''));

/** Sentences from templates and from the words that fit into them. */
export const sentences = (templates: ByLocale, words: ByLocale) =>
  locales
    .chain((locale) => fc.constantFrom(...words[locale]).map((word) => ({ locale, word })))
    .chain(({ locale, word }) => fill(templates, locale, word).map((text) => ({ locale, text })));
