import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { encodeWav } from './encode-wav.js';
import { decodeWav } from './wav.js';

describe('encodeWav', () => {
  it('writes samples that decode to the same values with 16-bit precision', () => {
    const sample = fc.float({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 200 }),
        fc.constantFrom(8_000, 16_000),
        (samples, rate) => {
          const { channels, sampleRate } = decodeWav(encodeWav(Float32Array.from(samples), rate));
          expect(sampleRate).toBe(rate);
          expect(channels).toHaveLength(1);
          for (const [index, value] of samples.entries()) {
            expect(Math.abs((channels[0]?.[index] ?? NaN) - value)).toBeLessThan(1 / 16_000);
          }
        },
      ),
      { seed: 5 },
    );
  });

  it('clips samples that are too loud instead of wrapping them', () => {
    const { channels } = decodeWav(encodeWav(Float32Array.of(3, -3), 8_000));
    expect(channels[0]?.[0]).toBeGreaterThan(0.99);
    expect(channels[0]?.[1]).toBeLessThan(-0.99);
  });
});
