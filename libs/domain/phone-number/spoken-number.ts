import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * Formats a number for a voice prompt, so that listeners can write it down: digit by digit, with a pause between the
 * groups of its national format.
 * @param phone E.164
 */
export function toSpokenNumber(phone: string): string {
  const national = parsePhoneNumberFromString(phone)?.formatNational() ?? phone;
  const groups = national.match(/\d+/g) ?? [];
  return groups.map((group) => [...group].join(' ')).join(', ');
}
