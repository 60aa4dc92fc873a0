import { describe, expect, it } from 'vitest';
import fc from 'fast-check';

import { findSpeechSegments } from './speech-segments.js';

const sampleRate = 8_000;
const options = { sampleRate, maxSeconds: 20, pauseSeconds: 0.8 };

/** Creates a seeded generator of noise samples, so that the noise is the same in every run. */
function createNoise(level: number): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return level * (state / 1_073_741_824 - 1);
  };
}

/** Creates a recording. Speech is a tone with syllables: four bursts per second. */
function createRecording(parts: readonly { readonly seconds: number; readonly speech: boolean }[], noiseLevel = 0.001) {
  const nextNoise = createNoise(noiseLevel);
  const samples: number[] = [];
  for (const { seconds, speech } of parts) {
    for (let n = 0; n < seconds * sampleRate; n++) {
      const time = n / sampleRate;
      const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * time)) ** 0.5;
      samples.push(nextNoise() + (speech ? 0.3 * syllable * Math.sin(2 * Math.PI * 220 * time) : 0));
    }
  }
  return Float32Array.from(samples);
}

const findSegmentsInSeconds = (samples: Float32Array, changes: Partial<typeof options> = {}) =>
  findSpeechSegments(samples, { ...options, ...changes }).map(({ start, end }) => ({
    start: start / sampleRate,
    end: end / sampleRate,
  }));

describe('findSpeechSegments', () => {
  it('finds speech between silence, with padding', () => {
    const [segment, ...others] = findSegmentsInSeconds(
      createRecording([
        { seconds: 2, speech: false },
        { seconds: 3, speech: true },
        { seconds: 2, speech: false },
      ]),
    );
    expect(others).toEqual([]);
    expect(segment?.start).toBeGreaterThan(1.7);
    expect(segment?.start).toBeLessThanOrEqual(2);
    expect(segment?.end).toBeGreaterThanOrEqual(4.8);
    expect(segment?.end).toBeLessThan(5.4);
  });

  it('ends a segment at a long pause but not at a short one', () => {
    const speechWithPause = (seconds: number) =>
      createRecording([
        { seconds: 2, speech: true },
        { seconds, speech: false },
        { seconds: 2, speech: true },
      ]);
    expect(findSegmentsInSeconds(speechWithPause(2))).toHaveLength(2);
    expect(findSegmentsInSeconds(speechWithPause(0.9))).toHaveLength(1);
  });

  it('splits speech without pauses at its quietest point', () => {
    const segments = findSegmentsInSeconds(
      createRecording([
        { seconds: 7, speech: true },
        { seconds: 0.2, speech: false },
        { seconds: 7, speech: true },
      ]),
      { maxSeconds: 10 },
    );
    expect(segments).toHaveLength(2);
    expect(segments[0]?.end).toBeGreaterThan(6.8);
    expect(segments[0]?.end).toBeLessThan(7.3);
  });

  it('finds speech in noise', () => {
    const samples = createRecording(
      [
        { seconds: 1, speech: false },
        { seconds: 2, speech: true },
        { seconds: 1, speech: false },
      ],
      0.05,
    );
    expect(findSegmentsInSeconds(samples)).toHaveLength(1);
  });

  const createSamples = (sampleAt: (n: number) => number) =>
    Float32Array.from({ length: 3 * sampleRate }, (_, n) => sampleAt(n));
  it.each([
    ['digital silence', createSamples(() => 0)],
    ['faint hiss', createSamples(createNoise(0.001))],
    ['loud hiss', createSamples(createNoise(0.5))],
    ['a hum', createSamples((n) => 0.3 * Math.sin((2 * Math.PI * 50 * n) / sampleRate))],
    ['a click', createSamples((n) => (n > 10_000 && n < 10_250 ? 0.8 : 0))],
    ['nothing', new Float32Array(0)],
  ])('finds no speech in %s', (_case, samples) => {
    expect(findSpeechSegments(samples, options)).toEqual([]);
  });

  it('returns ordered ranges within the recording and the maximum length for any samples', () => {
    const part = fc.record({ seconds: fc.double({ min: 0.02, max: 4, noNaN: true }), speech: fc.boolean() });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const samples = createRecording(parts);
        let last = 0;
        for (const { start, end } of findSpeechSegments(samples, { ...options, maxSeconds: 5 })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end - start).toBeLessThanOrEqual(5 * sampleRate);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(samples.length);
      }),
      { numRuns: 20 },
    );
  });
});
