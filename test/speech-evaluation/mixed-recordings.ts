import { mulberry32 } from '../../bench/seeded-random.js';

/** Samples per second of every mixed recording, as on the telephone. */
export const SAMPLE_RATE = 8_000;

export type Background = 'digital silence' | 'hum' | 'white hiss' | 'soft hiss' | 'pink noise' | 'hum and hiss';
export const BACKGROUNDS: readonly Background[] = [
  'digital silence',
  'hum',
  'white hiss',
  'soft hiss',
  'pink noise',
  'hum and hiss',
];

/** Speech within a longer recording with a stationary background sound. */
export interface Mix {
  readonly speech: Float32Array;
  /** The active level of the speech, in dB relative to full scale. */
  readonly speechDbfs: number;
  readonly totalSeconds: number;
  /** The position of the speech: 0 at the start of the recording, 1 at its end. */
  readonly place: number;
  readonly background: Background;
  /** The active level of the speech above that of the background, in dB; without meaning for digital silence. */
  readonly snrDb: number;
  readonly seed: number;
}

/** The position of the speech of a mix, in samples. */
export function speechPlace({ speech, totalSeconds, place }: Mix): { readonly start: number; readonly end: number } {
  const start = Math.round(place * (totalSeconds * SAMPLE_RATE - speech.length));
  return { start, end: start + speech.length };
}

export function mixRecording(mix: Mix): Float32Array {
  const length = Math.round(mix.totalSeconds * SAMPLE_RATE);
  const recording = background(mix.background, length, mix.speechDbfs - mix.snrDb, mix.seed);
  const gain = amplitude(mix.speechDbfs - activeLevelDbfs(mix.speech));
  add(recording, mix.speech, speechPlace(mix).start, gain);
  return recording;
}

/** Adds `sound` in place, starting at sample `at`. */
export function add(recording: Float32Array, sound: Float32Array, at: number, gain = 1): Float32Array {
  for (let index = 0; index < sound.length; index++) {
    recording[at + index] = (recording[at + index] ?? 0) + gain * (sound[index] ?? 0);
  }
  return recording;
}

/** The level of the louder half of the 20 ms frames: an approximation of the active speech level of ITU-T P.56. */
export function activeLevelDbfs(samples: Float32Array): number {
  const frame = SAMPLE_RATE / 50;
  const powers = Array.from({ length: Math.floor(samples.length / frame) }, (_, index) =>
    meanSquare(samples.subarray(index * frame, (index + 1) * frame)),
  ).sort((a, b) => b - a);
  const loud = powers.slice(0, Math.ceil(powers.length / 2));
  return 10 * Math.log10(loud.reduce((sum, power) => sum + power, 0) / loud.length + 1e-12);
}

/** Creates a stationary sound with the given RMS level. The same seed gives the same sound. It repeats after 5 s. */
export function background(kind: Background, length: number, dbfs: number, seed: number): Float32Array {
  const period = generate(kind, Math.min(length, MAX_PERIOD_SECONDS * SAMPLE_RATE), seed);
  const gain = amplitude(dbfs) / Math.max(1e-9, Math.sqrt(meanSquare(period)));
  const sound = new Float32Array(length);
  for (let index = 0; index < length; index++) sound[index] = gain * (period[index % period.length] ?? 0);
  return sound;
}

const MAX_PERIOD_SECONDS = 5;

function generate(kind: Background, length: number, seed: number): Float32Array {
  const next = sources[kind](mulberry32(seed));
  return Float32Array.from({ length }, (_, index) => next(index));
}

type Source = (index: number) => number;

const sources: Readonly<Record<Background, (random: () => number) => Source>> = {
  'digital silence': () => () => 0,
  hum: (random) => hum(random),
  'white hiss': (random) => () => gaussian(random),
  'soft hiss': (random) => lowPass(() => gaussian(random), 0.5),
  'pink noise': (random) => pink(random),
  'hum and hiss': (random) => {
    const mains = hum(random);
    return (index) => mains(index) + 0.3 * gaussian(random);
  },
};

/** The number of samples after which both 50 and 60 Hz return to their initial phase. */
const HUM_PERIOD = SAMPLE_RATE / 10;

/** 50 or 60 Hz with harmonics up to 1.8 kHz that fall by 3 to 9 dB per octave, at random phases. */
function hum(random: () => number): Source {
  const mains = random() < 0.5 ? 50 : 60;
  const slope = 0.5 + random();
  const phases = Array.from({ length: 30 }, () => 2 * Math.PI * random());
  const period = Float32Array.from({ length: HUM_PERIOD }, (_, index) =>
    phases.reduce((sum, phase, harmonic) => {
      const angle = (2 * Math.PI * mains * (harmonic + 1) * index) / SAMPLE_RATE + phase;
      return sum + Math.sin(angle) / (harmonic + 1) ** slope;
    }, 0),
  );
  return (index) => period[index % HUM_PERIOD] ?? 0;
}

function lowPass(source: () => number, share: number): Source {
  let state = 0;
  return () => (state = share * state + (1 - share) * source());
}

/** Paul Kellet's economy filter: −3 dB per octave within 0.5 dB. */
function pink(random: () => number): Source {
  let [slow, middle, fast] = [0, 0, 0];
  return () => {
    const white = gaussian(random);
    slow = 0.99765 * slow + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    fast = 0.57 * fast + white * 1.0526913;
    return slow + middle + fast + white * 0.1848;
  };
}

/** The Box–Muller transform; mean 0, variance 1. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const amplitude = (db: number): number => 10 ** (db / 20);

const meanSquare = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;

/** Simultaneous sine tones, each with the given amplitude. */
export function tones(hertz: readonly number[], seconds: number, level = 0.4): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, index) =>
    hertz.reduce((sum, frequency) => sum + level * Math.sin((2 * Math.PI * frequency * index) / SAMPLE_RATE), 0),
  );
}

/** Concatenates sounds. */
export function concatenate(...sounds: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(sounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sound of sounds) {
    whole.set(sound, at);
    at += sound.length;
  }
  return whole;
}
