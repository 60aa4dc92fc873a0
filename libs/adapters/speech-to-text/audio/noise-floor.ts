import { BAND_WIDTHS_HZ, FRAME_SECONDS, WINDOW_SECONDS, type BandPowers } from './band-powers.js';

/** Sound that is stationary over this time is noise. Speech has pauses between syllables within much shorter times. */
const FLOOR_WINDOW_SECONDS = 2;
/** Level assumed for digital silence, spread evenly over 4 kHz. In dB relative to full scale. */
const MIN_FLOOR_DBFS = -75;
/** The same as power relative to full scale, per Hz. */
const MIN_FLOOR_PER_HZ = 10 ** (MIN_FLOOR_DBFS / 10) / 4_000;
/** Number of independent values to average before taking the minimum. With fewer, the minimum is far below the mean. */
const MIN_AVERAGED_VALUES = 16;
/** Distance of the minimum of several hundred values from their mean, in standard deviations. */
const MINIMUM_DEVIATIONS = 2;

/**
 * Estimates the noise power of each frame in each band with minimum statistics (R. Martin, IEEE Transactions on Speech
 * and Audio Processing 9(5), 2001). Because the whole recording is known, windows before, around and after a frame are
 * used: the floor is the maximum of the minima of all windows that contain the frame (a morphological opening). It
 * follows a step in the noise at once, in either direction, and ignores every sound that is shorter than a window.
 */
export function estimateNoiseFloors({ bands, frames }: BandPowers): Float32Array[] {
  const width = Math.min(frames, Math.round(FLOOR_WINDOW_SECONDS / FRAME_SECONDS));
  return bands.map((powers, band) => {
    const bandwidthHz = BAND_WIDTHS_HZ[band] ?? 0;
    const minFloor = MIN_FLOOR_PER_HZ * bandwidthHz;
    const reach = findSmoothingReach(bandwidthHz);
    const correction = computeMinimumCorrection(countIndependentValues(bandwidthHz, reach));
    return open(computeMovingAverage(powers, reach), width).map((power) => Math.max(minFloor, power * correction));
  });
}

/** Moving average: the mean of each value and up to `reach` values on either side. */
export function computeMovingAverage(values: Float32Array, reach: number): Float32Array {
  return values.map((_, index) => {
    const from = Math.max(0, index - reach);
    const to = Math.min(values.length, index + reach + 1);
    let sum = 0;
    for (let at = from; at < to; at++) sum += values[at] ?? 0;
    return sum / (to - from);
  });
}

/** Returns the number of frames on either side over which a band is averaged. */
function findSmoothingReach(bandwidthHz: number): number {
  let reach = 1;
  while (countIndependentValues(bandwidthHz, reach) < MIN_AVERAGED_VALUES) reach += 1;
  return reach;
}

/**
 * Returns the number of independent complex values in a band over the averaged time (sampling theorem). The effective
 * length of a Hann window is two thirds of its length.
 */
function countIndependentValues(bandwidthHz: number, reach: number): number {
  return bandwidthHz * ((2 / 3) * WINDOW_SECONDS + 2 * reach * FRAME_SECONDS);
}

/** Returns the ratio of the mean of Gaussian noise to its minimum. */
function computeMinimumCorrection(averagedValues: number): number {
  return Math.exp(MINIMUM_DEVIATIONS / Math.sqrt(averagedValues));
}

/**
 * A morphological opening: for each value, the maximum of the minima of all windows of `width` values that contain it.
 */
function open(values: Float32Array, width: number): Float32Array {
  if (width < 1) return values;
  const minima = findSlidingExtrema(values, values.length, width, (a, b) => a <= b).subarray(width - 1);
  return findSlidingExtrema(minima, values.length, width, (a, b) => a >= b);
}

/**
 * Returns the extremum of the last `width` values at each of `count` positions, in linear time (monotonic queue).
 * @param isBetter whether `a` is at least as extreme as `b`
 */
function findSlidingExtrema(
  values: Float32Array,
  count: number,
  width: number,
  isBetter: (a: number, b: number) => boolean,
): Float32Array {
  const extrema = new Float32Array(count);
  const queue = new Uint32Array(values.length);
  let [head, tail] = [0, 0];
  for (let index = 0; index < count; index++) {
    if (index < values.length) {
      const value = values[index] ?? 0;
      while (tail > head && isBetter(value, values[queue[tail - 1] ?? 0] ?? 0)) tail -= 1;
      queue[tail++] = index;
    }
    while ((queue[head] ?? 0) + width <= index) head += 1;
    extrema[index] = values[queue[head] ?? 0] ?? 0;
  }
  return extrema;
}
