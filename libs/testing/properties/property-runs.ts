/** Share of the full number of cases that a run of the suite tries; `PROPERTY_SCALE=1` for all of them, as CI does. */
const scale = Number(process.env['PROPERTY_SCALE'] ?? 0.25);
if (!(scale > 0)) throw new Error(`PROPERTY_SCALE must be a number above 0, not ${process.env['PROPERTY_SCALE']}.`);

const MIN_RUNS = 20;

/**
 * The number of cases that a property test tries: `full` times `PROPERTY_SCALE`, and never fewer than 20 (or `full`).
 *
 * @param full Cases of a complete run, which CI makes.
 * @example
 * fc.assert(fc.property(fc.integer(), (n) => n + 0 === n), { numRuns: propertyRuns(10_000) });
 */
export function propertyRuns(full: number): number {
  return Math.min(full, Math.max(MIN_RUNS, Math.ceil(full * scale)));
}
