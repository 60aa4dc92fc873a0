import type { TranscriptSegment } from '#libs/contracts/index.js';

/** The mean of the segments' confidence by their length; of segments without length, plainly. Undefined of none. */
export function confidenceOf(segments: readonly TranscriptSegment[]): number | undefined {
  if (segments.length === 0) return undefined;
  const weights = segments.map(({ startMs, endMs }) => Math.max(0, endMs - startMs));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const weighed = segments.map(({ confidence }, index) => {
    const weight = whole === 0 ? 1 / segments.length : (weights[index] ?? 0) / whole;
    return confidence * weight;
  });
  return Math.min(
    1,
    weighed.reduce((sum, part) => sum + part, 0),
  );
}
