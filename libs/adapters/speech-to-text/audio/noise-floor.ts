import { BAND_WIDTHS_HZ, FRAME_SECONDS, WINDOW_SECONDS, type BandPowers } from './band-powers.js';

/** Sound that goes on unchanged for so long is noise. Speech has dips between its syllables well within it. */
const FLOOR_WINDOW_SECONDS = 2;
/** Digital silence counts as noise of this level, spread evenly over 4 kHz; in dB relative to full scale. */
const LOWEST_FLOOR_DBFS = -75;
const LOWEST_FLOOR_PER_HZ = 10 ** (LOWEST_FLOOR_DBFS / 10) / 4_000;
/** Independent values over which powers are averaged before their minimum is taken: of fewer it is far below the mean. */
const MIN_AVERAGED_VALUES = 16;
/** The minimum of some hundred values lies about so many standard deviations below their mean. */
const MINIMUM_DEVIATIONS = 2;

/**
 * Estimates the noise under each frame of each band, by the minimum statistics of R. Martin (IEEE Transactions on Speech
 * and Audio Processing 9(5), 2001). As the whole recording is known, windows may lie before, around or after a frame: the
 * floor is the highest of the minima of all windows that hold the frame (a morphological opening). It follows a step of
 * the noise at once, in either direction, and ignores every sound that is shorter than a window.
 */
export function noiseFloors({ bands, frames }: BandPowers): Float32Array[] {
  const width = Math.min(frames, Math.round(FLOOR_WINDOW_SECONDS / FRAME_SECONDS));
  return bands.map((powers, band) => {
    const bandwidthHz = BAND_WIDTHS_HZ[band] ?? 0;
    const lowest = LOWEST_FLOOR_PER_HZ * bandwidthHz;
    const reach = smoothingReach(bandwidthHz);
    const correction = minimumCorrection(independentValues(bandwidthHz, reach));
    return opening(smoothed(powers, reach), width).map((power) => Math.max(lowest, power * correction));
  });
}

/** Mean of each value with up to `reach` values on either side. */
export function smoothed(values: Float32Array, reach: number): Float32Array {
  return values.map((_, index) => {
    const from = Math.max(0, index - reach);
    const to = Math.min(values.length, index + reach + 1);
    let sum = 0;
    for (let at = from; at < to; at++) sum += values[at] ?? 0;
    return sum / (to - from);
  });
}

/** Frames on either side that the mean over a band takes in. */
function smoothingReach(bandwidthHz: number): number {
  let reach = 1;
  while (independentValues(bandwidthHz, reach) < MIN_AVERAGED_VALUES) reach += 1;
  return reach;
}

/** Complex values per Hz and second (the sampling theorem) in a band of so many frames; a Hann window counts by two thirds. */
function independentValues(bandwidthHz: number, reach: number): number {
  return bandwidthHz * ((2 / 3) * WINDOW_SECONDS + 2 * reach * FRAME_SECONDS);
}

/** Ratio of the mean of Gaussian noise to its minimum. */
function minimumCorrection(averagedValues: number): number {
  return Math.exp(MINIMUM_DEVIATIONS / Math.sqrt(averagedValues));
}

/** The highest of the minima of all windows of `width` values that hold a value. */
function opening(values: Float32Array, width: number): Float32Array {
  if (width < 1) return values;
  const minima = trailing(values, values.length, width, (a, b) => a <= b).subarray(width - 1);
  return trailing(minima, values.length, width, (a, b) => a >= b);
}

/** The best of the last `width` values up to each of `count` positions, in linear time (a monotonic queue). */
function trailing(
  values: Float32Array,
  count: number,
  width: number,
  isBetter: (a: number, b: number) => boolean,
): Float32Array {
  const best = new Float32Array(count);
  const queue = new Uint32Array(values.length);
  let [head, tail] = [0, 0];
  for (let index = 0; index < count; index++) {
    if (index < values.length) {
      const value = values[index] ?? 0;
      while (tail > head && isBetter(value, values[queue[tail - 1] ?? 0] ?? 0)) tail -= 1;
      queue[tail++] = index;
    }
    while ((queue[head] ?? 0) + width <= index) head += 1;
    best[index] = values[queue[head] ?? 0] ?? 0;
  }
  return best;
}
