import { isZone } from '#libs/domain/time/index.js';
import { findCandidateZonesOfNumber, parsePhoneNumber, findZonesOfCountry } from './index.js';
import { NANP_AREA_CODES_BY_ZONES } from './nanp-area-codes.js';

describe('parsePhoneNumber', () => {
  it.each([
    ['+1 (312) 555-0142', '+13125550142', 'US'],
    ['+1 416 555 0142', '+14165550142', 'CA'],
    ['  +44 20 7946 0958 ', '+442079460958', 'GB'],
    ['+52 55 1234 5678', '+525512345678', 'MX'],
  ])('parses "%s"', (text, e164, countryCode) => {
    expect(parsePhoneNumber(text)).toEqual({ ok: true, e164, countryCode });
  });

  it.each([
    ['', 'empty'],
    ['312 555 0142', 'not_international'],
    ['+hello', 'not_a_number'],
    ['+1 312 555 0142 ext. 5', 'not_a_number'],
    ['+1 312 555', 'invalid_for_country'],
    ['+1 012 555 0142', 'invalid_for_country'],
  ])('rejects "%s"', (text, reason) => {
    expect(parsePhoneNumber(text)).toEqual({ ok: false, reason });
  });
});

describe('findCandidateZonesOfNumber', () => {
  it('narrows a North American number to its area code', () => {
    expect(findCandidateZonesOfNumber('+13125550142')).toEqual(['America/Chicago']);
    expect(findCandidateZonesOfNumber('+18505550142')).toEqual(['America/Chicago', 'America/New_York']);
  });

  it('returns every zone of the country for a number without further information', () => {
    expect(findCandidateZonesOfNumber('+442079460958')).toEqual(['Europe/London']);
    expect(findCandidateZonesOfNumber('+61491570006')).toEqual(findZonesOfCountry('AU'));
    expect(findZonesOfCountry('AU').length).toBeGreaterThan(5);
  });

  it('returns every zone of the North American Numbering Plan for a number without a location, and none for text that is not a number', () => {
    const tollFree = findCandidateZonesOfNumber('+18005550142');
    expect(tollFree).toEqual(expect.arrayContaining(['America/New_York', 'Pacific/Honolulu', 'America/St_Johns']));
    expect(findCandidateZonesOfNumber('unknown')).toEqual([]);
  });

  it('names only zones that the runtime knows', () => {
    const zones = Object.keys(NANP_AREA_CODES_BY_ZONES).flatMap((names) => names.split(' '));
    expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  });
});
