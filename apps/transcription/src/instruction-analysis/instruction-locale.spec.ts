import { toInstructionLocale } from './instruction-locale.js';

describe('toInstructionLocale', () => {
  it.each([
    ['en', 'America/Chicago', 'en-US'],
    ['en', 'Europe/London', 'en-GB'],
    ['en', 'Asia/Kolkata', 'en-IN'],
    ['en', 'Australia/Perth', 'en-AU'],
    ['en', 'Europe/Paris', 'en-US'],
    ['es', 'America/New_York', 'es-US'],
    ['es', 'America/Mexico_City', 'es-MX'],
  ] as const)('maps %s in %s to %s', (language, zone, locale) => {
    expect(toInstructionLocale(language, zone)).toBe(locale);
  });
});
