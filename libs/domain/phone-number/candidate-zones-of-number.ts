import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { NANP_AREA_CODES_BY_ZONES } from './nanp-area-codes.js';
import { findZonesOfCountry } from './zones-of-country.js';

const zonesByAreaCode: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(NANP_AREA_CODES_BY_ZONES).flatMap(([zones, areaCodes]) =>
    areaCodes
      .trim()
      .split(/\s+/)
      .map((areaCode) => [areaCode, zones.split(' ')] as const),
  ),
);

/**
 * Determines the IANA time zones in which the phone with an E.164 number may be, sorted.
 *
 * A number shows only where it was issued. A geographic area code of the North American Numbering Plan (NANP) gives the
 * time zones of its area. Any other NANP number (toll-free, personal, or an area code that is not in the table yet)
 * gives the time zones of all NANP countries. A number outside the NANP gives the time zones of its country, or, if its
 * country is unknown, of all countries that share its calling code.
 * @returns an empty list for text that is not a phone number, and for numbers without a country (satellite), which must
 *   not be called because their time zone is unknown
 */
export function findCandidateZonesOfNumber(e164: string): string[] {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  if (!number) return [];
  const isNorthAmerican = number.countryCallingCode === '1';
  const zonesOfAreaCode = isNorthAmerican ? zonesByAreaCode.get(number.nationalNumber.slice(0, 3)) : undefined;
  if (zonesOfAreaCode) return [...zonesOfAreaCode].sort();
  // libphonenumber assigns NANP numbers without a location, such as toll-free numbers, to the United States.
  const countries =
    number.country && !isNorthAmerican
      ? [number.country]
      : getCountries().filter((country) => getCountryCallingCode(country) === number.countryCallingCode);
  return [...new Set(countries.flatMap((country) => findZonesOfCountry(country)))].sort();
}
