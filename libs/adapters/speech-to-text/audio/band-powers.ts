import { createFft } from './fft.js';

/** Time from one frame to the next, in seconds. */
export const FRAME_SECONDS = 0.016;
/** Length of the Hann window of a frame, in seconds. Neighboring windows overlap by half. */
export const WINDOW_SECONDS = 2 * FRAME_SECONDS;

/**
 * Edges of the bands in Hz: about two critical bands each, within the telephone band. DC and the fundamental of mains
 * hum are below the first edge and belong to no band.
 */
const BAND_EDGES_HZ = [100, 250, 450, 700, 1_000, 1_400, 2_000, 2_800, 3_800] as const;
/** Width of each band in Hz. */
export const BAND_WIDTHS_HZ = BAND_EDGES_HZ.slice(1).map((edge, band) => edge - (BAND_EDGES_HZ[band] ?? 0));

/** The power of a recording by band and frame. */
export interface BandPowers {
  readonly frames: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /** Mean square of each frame within each band, relative to full scale. Indexed by band, then by frame. */
  readonly bands: readonly Float32Array[];
}

/**
 * Measures the power of a recording in each band and frame, in linear time.
 * @param samples in [-1, 1]
 * @param sampleRate samples per second, at least 8,000
 */
export function measureBandPowers(samples: Float32Array, sampleRate: number): BandPowers {
  const hop = Math.round(sampleRate * FRAME_SECONDS);
  const frames = Math.ceil(samples.length / hop);
  const bands = BAND_WIDTHS_HZ.map(() => new Float32Array(frames));
  const measurePair = createPairAnalyzer(samples, sampleRate, hop);
  // The transform is complex and the samples are real, so one transform measures two frames.
  for (let frame = 0; frame < frames; frame += 2) {
    const pair = measurePair(frame);
    for (const [band, values] of bands.entries()) {
      values[frame] = pair.first[band] ?? 0;
      if (frame + 1 < frames) values[frame + 1] = pair.second[band] ?? 0;
    }
  }
  return { frames, hop, bands };
}

interface FramePair {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * @returns a function that measures the bands of a frame and of the next one; each call overwrites the previous result
 */
function createPairAnalyzer(samples: Float32Array, sampleRate: number, hop: number): (frame: number) => FramePair {
  // Speech detection uses frequencies below 4 kHz. Higher rates are decimated; aliasing only adds to the upper bands.
  const step = Math.max(1, Math.floor(sampleRate / 8_000));
  const rate = sampleRate / step;
  const length = Math.round(rate * WINDOW_SECONDS);
  const size = 2 ** Math.ceil(Math.log2(length));
  const window = Float64Array.from(
    { length },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / length),
  );
  const scale = 2 / (size * window.reduce((sum, weight) => sum + weight * weight, 0));
  const edges = BAND_EDGES_HZ.map((edge) => Math.min(size / 2, Math.round((edge / rate) * size)));
  const transform = createFft(size);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const first = new Float64Array(BAND_WIDTHS_HZ.length);
  const second = new Float64Array(BAND_WIDTHS_HZ.length);

  const fill = (target: Float64Array, frame: number): void => {
    // A window beyond the recording would measure too low a level, so the outermost windows are moved inward.
    const last = Math.max(0, samples.length - length * step);
    const start = Math.min(last, Math.max(0, Math.round(frame * hop + hop / 2 - (length * step) / 2)));
    for (let index = 0; index < length; index++) {
      const at = start + index * step;
      let sum = 0;
      for (let offset = 0; offset < step; offset++) sum += samples[at + offset] ?? 0;
      target[index] = ((window[index] ?? 0) * sum) / step;
    }
  };

  return (frame) => {
    real.fill(0);
    imaginary.fill(0);
    fill(real, frame);
    fill(imaginary, frame + 1);
    transform(real, imaginary);
    for (let band = 0; band < first.length; band++) {
      let sumFirst = 0;
      let sumSecond = 0;
      for (let bin = edges[band] ?? 0; bin < (edges[band + 1] ?? 0); bin++) {
        const a = real[bin] ?? 0;
        const b = imaginary[bin] ?? 0;
        const c = real[size - bin] ?? 0;
        const d = imaginary[size - bin] ?? 0;
        sumFirst += (a + c) * (a + c) + (b - d) * (b - d);
        sumSecond += (b + d) * (b + d) + (c - a) * (c - a);
      }
      first[band] = (scale * sumFirst) / 4;
      second[band] = (scale * sumSecond) / 4;
    }
    return { first, second };
  };
}
