import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { isInstant } from './formats.js';

/** Whether the instant exists in the calendar of the JavaScript runtime. */
function existsInRuntime(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
}

const digits = (width: number, max: number): fc.Arbitrary<string> =>
  fc
    .oneof(fc.integer({ min: 0, max }), fc.constantFrom(0, max, max - 1))
    .map((value) => String(value).padStart(width, '0'));

describe('isInstant', () => {
  it('accepts exactly the days that exist in the calendar of the runtime', () => {
    const mismatches: string[] = [];
    for (const year of [0, 1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 9999]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
          const text = `${pad(year, 4)}-${pad(month)}-${pad(day)}T00:00:00Z`;
          if (isInstant(text) !== existsInRuntime(text)) mismatches.push(text);
        }
      }
    }
    expect(mismatches).toEqual([]);
  });

  it('agrees with the runtime on any text in the form of an instant', () => {
    const instants = fc
      .tuple(digits(4, 9999), digits(2, 13), digits(2, 32), digits(2, 25), digits(2, 61), digits(2, 61), digits(3, 999))
      .map(
        ([year, month, day, hour, minute, second, ms]) => `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`,
      );
    fc.assert(
      fc.property(instants, (text) => isInstant(text) === existsInRuntime(text)),
      { numRuns: propertyRuns(5_000) },
    );
  });
});
