import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { resample } from './resample.js';
import { sampleFunction } from './wav-file.conformance.js';

const createSine = (hertz: number) => (time: number) => Math.sin(2 * Math.PI * hertz * time);
/** Samples in the middle, where the filter does not extend beyond the edges. */
const takeMiddle = (samples: Float32Array) => samples.subarray(samples.length / 4, (samples.length * 3) / 4);
const computeRms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

describe('resample', () => {
  it.each([
    [8_000, 16_000],
    [11_025, 16_000],
    [22_050, 16_000],
    [44_100, 16_000],
    [48_000, 16_000],
  ])('preserves a tone in the speech band from %d to %d', (from, to) => {
    const actual = resample(sampleFunction(from, 0.4, createSine(1_000)), from, to);
    const expected = sampleFunction(to, 0.4, createSine(1_000));
    expect(actual).toHaveLength(expected.length);
    const difference = takeMiddle(actual.map((sample, index) => sample - (expected[index] ?? 0)));
    // Same phase and amplitude within -60 dB.
    expect(computeRms(difference)).toBeLessThan(1e-3);
  });

  it('removes frequencies above the Nyquist frequency of the lower rate', () => {
    const aliased = resample(sampleFunction(48_000, 0.5, createSine(10_000)), 48_000, 16_000);
    expect(computeRms(takeMiddle(aliased))).toBeLessThan(1e-3);
  });

  it('does not add an image above the original band', () => {
    const upsampled = resample(sampleFunction(8_000, 0.5, createSine(3_000)), 8_000, 16_000);
    // The image of 3 kHz would be at 5 kHz, so the output is correlated with a tone of 5 kHz.
    const correlate = (phase: (x: number) => number) =>
      takeMiddle(upsampled).reduce((sum, x, n) => sum + x * phase((2 * Math.PI * 5_000 * n) / 16_000), 0) /
      (upsampled.length / 2);
    expect(Math.hypot(correlate(Math.sin), correlate(Math.cos))).toBeLessThan(1e-3);
  });

  it('preserves a constant signal', () => {
    const level = takeMiddle(resample(new Float32Array(2_000).fill(0.5), 44_100, 16_000));
    level.forEach((sample) => expect(sample).toBeCloseTo(0.5, 4));
  });

  it('returns the correct number of finite samples for any length', () => {
    const rates = fc.constantFrom(8_000, 11_025, 16_000, 24_000, 44_100);
    fc.assert(
      fc.property(
        fc.float32Array({ min: -1, max: 1, noNaN: true, maxLength: 300 }),
        rates,
        rates,
        (samples, from, to) => {
          const result = resample(samples, from, to);
          expect(result).toHaveLength(Math.round((samples.length * to) / from));
          expect(result.every(Number.isFinite)).toBe(true);
        },
      ),
    );
  });
});
