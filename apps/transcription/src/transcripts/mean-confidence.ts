import type { TranscriptSegment } from '#libs/contracts/index.js';

/**
 * Computes the mean confidence of the segments, weighted by duration; unweighted if all durations are zero.
 * @returns undefined for no segments
 */
export function computeMeanConfidence(segments: readonly TranscriptSegment[]): number | undefined {
  if (segments.length === 0) return undefined;
  const weights = segments.map(({ startMs, endMs }) => Math.max(0, endMs - startMs));
  const totalMs = weights.reduce((sum, weight) => sum + weight, 0);
  const weightedConfidences = segments.map(({ confidence }, index) => {
    const weight = totalMs === 0 ? 1 / segments.length : (weights[index] ?? 0) / totalMs;
    return confidence * weight;
  });
  return Math.min(
    1,
    weightedConfidences.reduce((sum, confidence) => sum + confidence, 0),
  );
}
