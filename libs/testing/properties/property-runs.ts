/** The share of a property's cases that a test run tries. `PROPERTY_SCALE=1` tries all of them, as CI does. */
const scale = Number(process.env['PROPERTY_SCALE'] ?? 0.25);
if (!(scale > 0)) throw new Error(`PROPERTY_SCALE must be a number above 0, not ${process.env['PROPERTY_SCALE']}.`);

const MIN_RUNS = 20;

/**
 * Returns the number of cases that a property test tries: `full` times `PROPERTY_SCALE`, but at least 20 (or `full`).
 *
 * @param full the number of cases of a complete run, as in CI
 * @example
 * fc.assert(fc.property(fc.integer(), (n) => n + 0 === n), { numRuns: propertyRuns(10_000) });
 */
export function propertyRuns(full: number): number {
  return Math.min(full, Math.max(MIN_RUNS, Math.ceil(full * scale)));
}
