/** `Intl.Locale#getTimeZones` (ECMA-402, Intl Locale Info) is in the runtime but not yet in TypeScript's libraries. */
interface LocaleWithTimeZones extends Intl.Locale {
  getTimeZones(): string[] | undefined;
}

/** Every IANA zone of a country (ISO 3166-1 alpha-2) by the runtime's own time zone data; `[]` if it knows none. */
export function zonesOfCountry(countryCode: string): string[] {
  if (!/^[A-Z]{2}$/.test(countryCode)) return [];
  const locale = new Intl.Locale(`und-${countryCode}`) as LocaleWithTimeZones;
  return [...(locale.getTimeZones() ?? [])].sort();
}
