import { describe, expect, it } from 'vitest';

import { measureBandPowers } from './band-powers.js';
import { estimateNoiseFloors } from './noise-floor.js';

const sampleRate = 8_000;

/** Uniform noise whose amplitude is a function of the time in seconds. */
function createNoise(seconds: number, amplitudeAt: (second: number) => number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: seconds * sampleRate }, (_, index) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return amplitudeAt(index / sampleRate) * (state / 1_073_741_824 - 1);
  });
}

/** The floor of all bands at a time in seconds, in dB relative to full scale. */
function measureFloorDbfs(samples: Float32Array, second: number): number {
  const measured = measureBandPowers(samples, sampleRate);
  const frame = Math.floor((second * sampleRate) / measured.hop);
  return 10 * Math.log10(estimateNoiseFloors(measured).reduce((sum, floor) => sum + (floor[frame] ?? 0), 0));
}

/** Returns the level of uniform noise between 100 and 3,800 Hz, in dB relative to full scale. */
const toLevelDbfs = (amplitude: number): number => 10 * Math.log10((amplitude ** 2 / 3) * (3_700 / 4_000));

describe('noise floors', () => {
  it.each([0.5, 5, 120])('are within 2 dB of the level of noise that lasts %d s', (seconds) => {
    const samples = createNoise(seconds, () => 0.05);
    for (const share of [0, 0.5, 0.99]) {
      expect(Math.abs(measureFloorDbfs(samples, share * seconds) - toLevelDbfs(0.05))).toBeLessThan(2);
    }
  });

  it('follow a step of the noise up and down within 0.1 s', () => {
    const samples = createNoise(12, (second) => (second >= 4 && second < 8 ? 0.1 : 0.001));
    const amplitudes = [
      [3.9, 0.001],
      [4.1, 0.1],
      [7.9, 0.1],
      [8.1, 0.001],
    ] as const;
    for (const [second, amplitude] of amplitudes) {
      expect(Math.abs(measureFloorDbfs(samples, second) - toLevelDbfs(amplitude))).toBeLessThan(2.5);
    }
  });

  it('are not raised by a sound of less than 2 s', () => {
    const samples = createNoise(12, (second) => (second >= 4 && second < 5.8 ? 0.5 : 0.001));
    expect(Math.abs(measureFloorDbfs(samples, 5) - toLevelDbfs(0.001))).toBeLessThan(2.5);
  });

  it('are those of -75 dBFS in digital silence', () => {
    expect(measureFloorDbfs(new Float32Array(sampleRate), 0.5)).toBeCloseTo(-75 + 10 * Math.log10(3_700 / 4_000), 3);
  });
});
