import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { isZone, offsetAt, splitByOffset } from './index.js';

const HOUR_MS = 3_600_000;
/** Includes unusual zones: daylight saving time of half an hour, changes at midnight, a skipped day, no changes. */
const ZONES = [
  'Europe/London',
  'America/Chicago',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Beirut',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'UTC',
];

const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) });

describe('zone offsets', () => {
  it('equal those of the runtime, in any order of queries', () => {
    fc.assert(
      fc.property(zone, instant, (name, at) => {
        expect(offsetAt(name, at)).toBe(IANAZone.create(name).offset(at));
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  it('split an interval where they change, and only there', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: 1, max: 400 * 24 }), (name, start, hours) => {
        const end = start + hours * HOUR_MS;
        const pieces = splitByOffset(name, start, end);
        expect(pieces[0]?.start).toBe(start);
        expect(pieces.at(-1)?.end).toBe(end);
        pieces.forEach((piece, index) => {
          const next = pieces[index + 1];
          if (next) expect([next.start, next.offset === piece.offset]).toEqual([piece.end, false]);
          expect(piece.start).toBeLessThan(piece.end);
          for (const at of [piece.start, Math.floor((piece.start + piece.end) / 2), piece.end - 1]) {
            expect(IANAZone.create(name).offset(at)).toBe(piece.offset);
          }
        });
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  it('exist for IANA time zones only', () => {
    expect(['Europe/Paris', 'Mars/Olympus', ''].map(isZone)).toEqual([true, false, false]);
    expect(() => offsetAt('Mars/Olympus', 0)).toThrow(/not an IANA time zone/);
  });
});
