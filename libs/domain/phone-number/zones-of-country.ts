/** `Intl.Locale#getTimeZones` (ECMA-402, Intl Locale Info) is in the runtime but not yet in TypeScript's libraries. */
interface LocaleWithTimeZones extends Intl.Locale {
  getTimeZones(): string[] | undefined;
}

/** A cache with at most one entry for each country: a query of the runtime takes about 100 µs. */
const zonesByCountry = new Map<string, readonly string[]>();

/**
 * Finds every IANA zone of a country in the runtime's time zone data; empty if the runtime knows none.
 * @param countryCode ISO 3166-1 alpha-2
 */
export function findZonesOfCountry(countryCode: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(countryCode)) return [];
  let zones = zonesByCountry.get(countryCode);
  if (!zones) {
    const locale = new Intl.Locale(`und-${countryCode}`) as LocaleWithTimeZones;
    zones = [...(locale.getTimeZones() ?? [])].sort();
    zonesByCountry.set(countryCode, zones);
  }
  return zones;
}
