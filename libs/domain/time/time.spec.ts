import fc from 'fast-check';
import { DateTime } from 'luxon';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  contains,
  formatTimeOfDay,
  intersect,
  localHours,
  parseTimeOfDay,
  subtract,
  timeOfDay,
  union,
  type Interval,
} from './index.js';

const span = (start: number, end: number): Interval => ({ start: new Date(start), end: new Date(end) });
const spans = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })).map(([a, b]) => span(a, b)),
  { maxLength: 6 },
);
const containsInstant = (intervals: readonly Interval[], at: number): boolean =>
  intervals.some((interval) => contains(interval, new Date(at)));
const isNormalForm = (intervals: readonly Interval[]): boolean =>
  intervals.every(
    ({ start, end }, index) =>
      start < end && (index === 0 || (intervals[index - 1]?.end.getTime() ?? Infinity) < start.getTime()),
  );

describe('intervals', () => {
  it('behave as sets of instants', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        for (let at = 0; at <= 30; at += 1) {
          expect(containsInstant(union([...a, ...b]), at)).toBe(containsInstant(a, at) || containsInstant(b, at));
          expect(containsInstant(intersect(a, b), at)).toBe(containsInstant(a, at) && containsInstant(b, at));
          expect(containsInstant(subtract(a, b), at)).toBe(containsInstant(a, at) && !containsInstant(b, at));
        }
      }),
    );
  });

  it('are returned in normal form', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        expect(isNormalForm(union(a))).toBe(true);
        expect(isNormalForm(intersect(a, b))).toBe(true);
        expect(isNormalForm(subtract(a, b))).toBe(true);
      }),
    );
  });
});

describe('times of day', () => {
  it('are parsed and formatted as HH:MM', () => {
    expect(parseTimeOfDay('08:30')).toBe(timeOfDay(8, 30));
    expect(parseTimeOfDay('24:00')).toBe(1440);
    expect(formatTimeOfDay(timeOfDay(21))).toBe('21:00');
    for (const text of ['24:01', '8:30', '12:60', 'noon', '']) expect(parseTimeOfDay(text)).toBeNull();
    expect(() => timeOfDay(25)).toThrow(RangeError);
  });
});

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

describe('localHours', () => {
  const open = timeOfDay(1, 30);
  const close = timeOfDay(4, 15);

  it('returns the instants at which the local time is within the hours, in every zone and across every transition', () => {
    fc.assert(
      fc.property(zones, instants, (zone, start) => {
        const end = new Date(start.getTime() + 40 * 3_600_000);
        const intervals = localHours(zone, { start, end }, () => ({ open, close }));
        const mismatches: string[] = [];
        for (let at = start.getTime(); at < end.getTime(); at += 14 * 60_000) {
          const localTime = DateTime.fromMillis(at, { zone });
          const minutes = localTime.hour * 60 + localTime.minute;
          if (containsInstant(intervals, at) !== (minutes >= open && minutes < close))
            mismatches.push(localTime.toISO() ?? '');
        }
        expect(mismatches).toEqual([]);
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it.each([
    // Clocks jump from 02:00 to 03:00, so one hour of 01:30–04:15 is missing.
    ['2026-03-08T00:00:00-05:00', 105],
    // Clocks go back from 02:00 to 01:00, so 01:30–02:00 occurs twice.
    ['2026-11-01T00:00:00-04:00', 195],
  ])('in the night after %s, returns hours of %d minutes in New York', (start, minutes) => {
    const from = new Date(start);
    const intervals = localHours(
      'America/New_York',
      { start: from, end: new Date(from.getTime() + 8 * 3_600_000) },
      () => ({
        open,
        close,
      }),
    );
    expect(
      intervals.reduce((sum, { start: opens, end: closes }) => sum + (closes.getTime() - opens.getTime()) / 60_000, 0),
    ).toBe(minutes);
  });

  it('requests the hours of each local day', () => {
    const days: string[] = [];
    localHours(
      'Asia/Kolkata',
      { start: new Date('2026-01-03T18:00:00Z'), end: new Date('2026-01-03T19:00:00Z') },
      (day) => {
        days.push(`${day.date} ${day.weekday}`);
        return null;
      },
    );
    expect(days).toEqual(['2026-01-03 6', '2026-01-04 7']);
  });

  it('rejects an unknown zone', () => {
    expect(() => localHours('Mars/Base', span(0, 1), () => null)).toThrow(/IANA/);
  });
});
