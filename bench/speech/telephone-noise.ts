import { mulberry32 } from '../seeded-random.js';

/**
 * Speech as a noisy telephone line transmits it: white noise is added, then µ-law is applied and reverted. The same
 * seed gives the same samples, so that runs are comparable.
 *
 * @param samples In [-1, 1].
 * @param snrDb Signal-to-noise ratio in dB. The signal power is that of the louder half of the frames, without pauses.
 */
export function withTelephoneNoise(samples: Float32Array, snrDb: number, seed: number): Float32Array {
  const random = mulberry32(seed);
  const amplitude = Math.sqrt(loudPower(samples) / 10 ** (snrDb / 10));
  return samples.map((sample) => throughMuLaw(sample + amplitude * gaussian(random)));
}

/** The mean square of the louder half of all 20 ms frames at 8 kHz. */
function loudPower(samples: Float32Array): number {
  const frame = 160;
  const powers: number[] = [];
  for (let start = 0; start + frame <= samples.length; start += frame) {
    powers.push(samples.subarray(start, start + frame).reduce((sum, sample) => sum + sample * sample, 0) / frame);
  }
  const loud = powers.sort((a, b) => b - a).slice(0, Math.ceil(powers.length / 2));
  return loud.length === 0 ? 0 : loud.reduce((sum, power) => sum + power, 0) / loud.length;
}

const MU = 255;

/** The continuous µ-law companding curve at 8 bits, which G.711 approximates by segments. */
function throughMuLaw(sample: number): number {
  const magnitude = Math.min(1, Math.abs(sample));
  const companded = Math.round((Math.log1p(MU * magnitude) / Math.log1p(MU)) * 127) / 127;
  return Math.sign(sample) * (Math.expm1(companded * Math.log1p(MU)) / MU);
}

/** The Box–Muller transform; mean 0, variance 1. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
