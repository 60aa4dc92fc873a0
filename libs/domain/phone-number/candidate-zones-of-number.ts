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
 * The zones in which the phone of an E.164 number may be, sorted. A number says at best where it was issued: a known
 * North American area code gives its zones, another number of that plan (toll-free, personal, not yet in the table) all
 * zones of the plan, and any other number all zones of its country, or of every country that shares its calling code.
 * `[]` for what is no phone number and for numbers of no country (satellite): where that rings nobody knows, so nobody
 * may ring it.
 */
export function candidateZonesOfNumber(e164: string): string[] {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  if (!number) return [];
  const isNorthAmerican = number.countryCallingCode === '1';
  const zonesOfAreaCode = isNorthAmerican ? zonesByAreaCode.get(number.nationalNumber.slice(0, 3)) : undefined;
  if (zonesOfAreaCode) return [...zonesOfAreaCode].sort();
  // The library counts numbers of this plan that lie nowhere as numbers of the USA.
  const countries =
    number.country && !isNorthAmerican
      ? [number.country]
      : getCountries().filter((country) => getCountryCallingCode(country) === number.countryCallingCode);
  return [...new Set(countries.flatMap((country) => zonesOfCountry(country)))].sort();
}
