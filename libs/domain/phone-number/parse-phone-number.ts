import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** Why a text is not accepted as a phone number. */
export type PhoneNumberProblem = 'empty' | 'not_international' | 'not_a_number' | 'invalid_for_country';

/** A parsed phone number, or the reason why the text is not one. */
export type ParsedPhoneNumber =
  | {
      readonly ok: true;
      readonly e164: string;
      /** ISO 3166-1 alpha-2; `null` for numbers without a country (satellite, international freephone). */
      readonly countryCode: string | null;
    }
  | { readonly ok: false; readonly reason: PhoneNumberProblem };

/**
 * Parses a phone number in international format (`+1 (312) 555-0142`). A number without `+` and country code is
 * rejected rather than guessed, because the same digits in another country belong to another person.
 * @example
 * ```ts
 * parsePhoneNumber('+1 (312) 555-0142'); // { ok: true, e164: '+13125550142', countryCode: 'US' }
 * parsePhoneNumber('312 555 0142'); // { ok: false, reason: 'not_international' }
 * ```
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
