import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * A number as a voice reads it so that it can be written down: digit by digit, with a pause between the groups in which
 * people of its country say it.
 * @param phone E.164
 */
export function spokenNumber(phone: string): string {
  const national = parsePhoneNumberFromString(phone)?.formatNational() ?? phone;
  const groups = national.match(/\d+/g) ?? [];
  return groups.map((group) => [...group].join(' ')).join(', ');
}
