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
 * North American area code gives its zones, any other number all zones of its country, and a number of no single country
 * all zones of every country that shares its calling code. `[]` for what is no phone number and for numbers of no country
 * (satellite): where that rings nobody knows, so nobody may ring it.
 */
export function candidateZonesOfNumber(e164: string): string[] {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  if (!number) return [];
  if (number.countryCallingCode === '1') {
    const zones = zonesByAreaCode.get(number.nationalNumber.slice(0, 3));
    if (zones) return [...zones].sort();
  }
  const countries = number.country
    ? [number.country]
    : getCountries().filter((country) => getCountryCallingCode(country) === number.countryCallingCode);
  return [...new Set(countries.flatMap((country) => zonesOfCountry(country)))].sort();
}
