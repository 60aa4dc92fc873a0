/** Zero crossings of the sinc on each side. More zero crossings give a steeper filter at a higher cost. */
const HALF_WIDTH = 24;
/** Kaiser window: 8.6 gives about 85 dB of stop-band attenuation. */
const KAISER_BETA = 8.6;
/** End of the pass band relative to the Nyquist frequency. Below 1, so that the transition band does not alias. */
const PASS_BAND = 0.92;

interface PolyphaseFilter {
  readonly up: number;
  readonly down: number;
  /** `up` phases of `taps` coefficients each. */
  readonly phases: readonly Float32Array[];
  readonly taps: number;
}

const filterCache = new Map<string, PolyphaseFilter>();

/**
 * Changes the sample rate by a rational factor with a polyphase windowed-sinc filter (linear phase, delay compensated).
 * @param fromRate samples per second, an integer
 * @param toRate samples per second, an integer
 * @returns `round(samples.length * toRate / fromRate)` samples
 */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  if (fromRate === toRate) return samples;
  const { up, down, phases, taps } = getFilter(fromRate, toRate);
  const output = new Float32Array(Math.round((samples.length * toRate) / fromRate));
  const reach = taps / 2;
  for (let index = 0; index < output.length; index++) {
    const position = index * down;
    const center = Math.floor(position / up);
    const phase = phases[position % up];
    if (phase === undefined) continue;
    const first = center - reach + 1;
    const from = Math.max(0, -first);
    const to = Math.min(taps, samples.length - first);
    let sum = 0;
    for (let tap = from; tap < to; tap++) sum += (phase[tap] ?? 0) * (samples[first + tap] ?? 0);
    output[index] = sum;
  }
  return output;
}

function getFilter(fromRate: number, toRate: number): PolyphaseFilter {
  const key = `${fromRate}:${toRate}`;
  const cached = filterCache.get(key);
  if (cached !== undefined) return cached;
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const filter = designFilter(toRate / divisor, fromRate / divisor);
  filterCache.set(key, filter);
  return filter;
}

/** Designs a filter whose cutoff is at the lower of the two Nyquist frequencies, in units of the input rate. */
function designFilter(up: number, down: number): PolyphaseFilter {
  const cutoff = Math.min(1, up / down) * PASS_BAND;
  const reach = Math.ceil(HALF_WIDTH / cutoff);
  const taps = 2 * reach;
  const phases = Array.from({ length: up }, (_, phase) => {
    const coefficients = new Float32Array(taps);
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - reach + 1 - phase / up;
      const value = cutoff * sinc(cutoff * distance) * kaiser(distance / reach);
      coefficients[tap] = value;
      sum += value;
    }
    // Each phase is normalized to unity gain. Otherwise a constant signal would ripple at the output rate.
    return coefficients.map((value) => value / sum);
  });
  return { up, down, phases, taps };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel0(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel0(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
