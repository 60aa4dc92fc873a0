/** `Intl.Locale#getTimeZones` (ECMA-402, Intl Locale Info) is in the runtime but not yet in TypeScript's libraries. */
interface LocaleWithTimeZones extends Intl.Locale {
  getTimeZones(): string[] | undefined;
}

/** No more than there are countries; asking the runtime takes some 100 µs. */
const known = new Map<string, readonly string[]>();

/** Every IANA zone of a country (ISO 3166-1 alpha-2) by the runtime's own time zone data; `[]` if it knows none. */
export function zonesOfCountry(countryCode: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(countryCode)) return [];
  let zones = known.get(countryCode);
  if (!zones) {
    const locale = new Intl.Locale(`und-${countryCode}`) as LocaleWithTimeZones;
    zones = [...(locale.getTimeZones() ?? [])].sort();
    known.set(countryCode, zones);
  }
  return zones;
}
