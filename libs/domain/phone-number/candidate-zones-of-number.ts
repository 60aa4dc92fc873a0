import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { NANP_AREA_CODES_BY_ZONES } from './nanp-area-codes.js';
import { zonesOfCountry } from './zones-of-country.js';

const zonesByAreaCode: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(NANP_AREA_CODES_BY_ZONES).flatMap(([zones, areaCodes]) =>
    areaCodes
      .trim()
      .split(/\s+/)
      .map((areaCode) => [areaCode, zones.split(' ')] as const),
  ),
);

/**
 * Determines the zones in which the phone of an E.164 number may be, sorted.
 *
 * A number shows at best where it was issued. A known North American area code gives its own zones. Another number of
 * that plan (toll-free, personal, or not yet in the table) gives all zones of the plan. Any other number gives all
 * zones of its country, or of every country that shares its calling code.
 * @returns an empty list for text that is not a phone number, and for numbers without a country (satellite); as their
 *   location is unknown, they must not be called
 */
export function candidateZonesOfNumber(e164: string): string[] {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  if (!number) return [];
  const isNorthAmerican = number.countryCallingCode === '1';
  const zonesOfAreaCode = isNorthAmerican ? zonesByAreaCode.get(number.nationalNumber.slice(0, 3)) : undefined;
  if (zonesOfAreaCode) return [...zonesOfAreaCode].sort();
  // The library assigns numbers of this plan without a location to the United States.
  const countries =
    number.country && !isNorthAmerican
      ? [number.country]
      : getCountries().filter((country) => getCountryCallingCode(country) === number.countryCallingCode);
  return [...new Set(countries.flatMap((country) => zonesOfCountry(country)))].sort();
}
