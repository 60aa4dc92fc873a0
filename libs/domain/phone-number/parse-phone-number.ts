import { parsePhoneNumberFromString } from 'libphonenumber-js';

export type PhoneNumberProblem = 'empty' | 'not_international' | 'not_a_number' | 'invalid_for_country';

export type ParsedPhoneNumber =
  | {
      readonly ok: true;
      readonly e164: string;
      /** ISO 3166-1 alpha-2; `null` for numbers of no country (satellite, international freephone). */
      readonly countryCode: string | null;
    }
  | { readonly ok: false; readonly reason: PhoneNumberProblem };

/**
 * Reads a phone number written internationally (`+1 (312) 555-0142`). A number without its `+` and country code is
 * refused rather than guessed: ringing the right digits in the wrong country wakes a stranger.
 */
export function parsePhoneNumber(text: string): ParsedPhoneNumber {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, reason: 'empty' };
  if (!trimmed.startsWith('+')) return { ok: false, reason: 'not_international' };
  const number = parsePhoneNumberFromString(trimmed, { extract: false });
  if (!number || number.ext !== undefined) return { ok: false, reason: 'not_a_number' };
  if (!number.isValid()) return { ok: false, reason: 'invalid_for_country' };
  return { ok: true, e164: number.number, countryCode: number.country ?? null };
}
