import type { Language } from '#libs/contracts/values/languages.js';
import type { InstructionLocale } from '#libs/domain/instructions/model/types.js';

/** Locales of English other than `en-US`, by time zone. */
const ENGLISH_BY_ZONE: readonly (readonly [RegExp, InstructionLocale])[] = [
  [/^Europe\/(London|Belfast|Jersey|Guernsey|Isle_of_Man)$/, 'en-GB'],
  [/^Asia\/(Kolkata|Calcutta)$/, 'en-IN'],
  [/^Australia\//, 'en-AU'],
];
/** Time zones of Mexico. */
const MEXICAN_ZONE =
  /^America\/(Mexico_City|Cancun|Merida|Monterrey|Matamoros|Mazatlan|Chihuahua|Ciudad_Juarez|Ojinaga|Hermosillo|Tijuana|Bahia_Banderas)$/;

/**
 * Returns the locale of a language in a time zone. Instructions depend on it: "half six" is 6:30 in London.
 * @param zone IANA time zone of the customer
 */
export function toInstructionLocale(language: Language, zone: string): InstructionLocale {
  if (language === 'es') return MEXICAN_ZONE.test(zone) ? 'es-MX' : 'es-US';
  return ENGLISH_BY_ZONE.find(([pattern]) => pattern.test(zone))?.[1] ?? 'en-US';
}
