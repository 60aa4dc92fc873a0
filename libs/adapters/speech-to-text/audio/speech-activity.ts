import { BAND_WIDTHS_HZ, FRAME_SECONDS, WINDOW_SECONDS, bandPowers } from './band-powers.js';
import { noiseFloors, smoothed } from './noise-floor.js';

/** A stretch of frames: `start` included, `end` not. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

export interface SpeechActivity {
  readonly frames: number;
  /** Samples of the recording from one frame to the next. */
  readonly hop: number;
  /** Where speech was found, without padding, in order. */
  readonly runs: readonly FrameRange[];
  /** Power above the noise of each frame, in dB relative to full scale. */
  readonly levelsDbfs: Float32Array;
}

/** Noise may swing by this factor over its estimated floor (3 dB) before it counts as a sign of speech. */
const NOISE_MARGIN = 2;
/** Log likelihood ratios with which speech begins, and above which it goes on (hysteresis). */
const SCORE = { begins: 20, continues: 5 } as const;
/** Weaker frames within speech that do not end it. */
const MAX_GAP_FRAMES = 2;
/** Shorter sounds are clicks. A click of 30 ms is under the windows of 4 frames. */
const MIN_RUN_FRAMES = 6;
/** Runs with shorter gaps are judged together. Seconds. */
const MAX_PHRASE_GAP_SECONDS = 0.3;
/** Tones and bursts of noise vary less than this within every band; speech has syllables. Standard deviation in dB. */
const MIN_VARIATION_DB = 2.5;
/** Shorter phrases hold too few syllables to be judged by their variation. */
const MIN_JUDGED_SECONDS = 0.25;
/** Frames at either end of a phrase in which any sound rises or falls. */
const EDGE_FRAMES = 3;
/** Bands with a smaller share of a phrase's power say nothing about its variation. */
const MIN_BAND_SHARE = 0.05;
const SILENCE = 1e-12;

/**
 * Finds where somebody speaks: where bands stand out from their own noise. Hum and hiss raise the floor of the bands that
 * they are in and hide no speech in others; how long the recording is and how loud its loudest part makes no difference.
 */
export function speechActivity(samples: Float32Array, sampleRate: number): SpeechActivity {
  const measured = bandPowers(samples, sampleRate);
  const { frames, hop, bands } = measured;
  const floors = noiseFloors(measured);
  const scores = speechScores(bands, floors, frames);
  const excess = powerAboveNoise(bands, floors, frames);
  const runs = phrases(runsOf(scores))
    .filter((phrase) => variesLikeSpeech(phrase, bands, floors))
    .flatMap(({ runs: kept }) => kept);
  return { frames, hop, runs, levelsDbfs: excess.map((power) => 10 * Math.log10(power + SILENCE)) };
}

/**
 * The logarithm of how much likelier each frame is with speech than without, after J. Sohn, N. Kim and W. Sung, "A
 * statistical model-based voice activity detection" (IEEE Signal Processing Letters 6(1), 1999): of each band by its
 * signal-to-noise ratio, weighted with the number of independent values in it.
 */
function speechScores(bands: readonly Float32Array[], floors: readonly Float32Array[], frames: number): Float32Array {
  const scores = new Float32Array(frames);
  for (const [band, powers] of bands.entries()) {
    const independent = (BAND_WIDTHS_HZ[band] ?? 0) * WINDOW_SECONDS * (2 / 3);
    for (let frame = 0; frame < frames; frame++) {
      const ratio = (powers[frame] ?? 0) / (NOISE_MARGIN * (floors[band]?.[frame] ?? 1));
      if (ratio > 1) scores[frame] = (scores[frame] ?? 0) + independent * (ratio - Math.log(ratio) - 1);
    }
  }
  return scores;
}

function powerAboveNoise(
  bands: readonly Float32Array[],
  floors: readonly Float32Array[],
  frames: number,
): Float32Array {
  const excess = new Float32Array(frames);
  for (const [band, powers] of bands.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      excess[frame] = (excess[frame] ?? 0) + Math.max(0, (powers[frame] ?? 0) - (floors[band]?.[frame] ?? 0));
    }
  }
  return excess;
}

/** Stretches of frames that go on as speech, of which at least one begins it, and which are longer than a click. */
function runsOf(scores: Float32Array): FrameRange[] {
  const runs: FrameRange[] = [];
  let start = -1;
  let end = 0;
  let begun = false;
  for (let frame = 0; frame <= scores.length + MAX_GAP_FRAMES; frame++) {
    const score = scores[frame] ?? 0;
    if (score > SCORE.continues) {
      if (start < 0) start = frame;
      end = frame + 1;
      begun ||= score > SCORE.begins;
    } else if (start >= 0 && frame - end >= MAX_GAP_FRAMES) {
      if (begun && end - start >= MIN_RUN_FRAMES) runs.push({ start, end });
      start = -1;
      begun = false;
    }
  }
  return runs;
}

interface Phrase extends FrameRange {
  readonly runs: readonly FrameRange[];
}

function phrases(runs: readonly FrameRange[]): Phrase[] {
  const maxGap = Math.round(MAX_PHRASE_GAP_SECONDS / FRAME_SECONDS);
  const found: Phrase[] = [];
  for (const run of runs) {
    const last = found.at(-1);
    if (last !== undefined && run.start - last.end <= maxGap) {
      found[found.length - 1] = { start: last.start, end: run.end, runs: [...last.runs, run] };
    } else {
      found.push({ ...run, runs: [run] });
    }
  }
  return found;
}

/** Whether any band with a good part of the power changes as it does between syllables. */
function variesLikeSpeech(
  { start, end }: FrameRange,
  bands: readonly Float32Array[],
  floors: readonly Float32Array[],
): boolean {
  if ((end - start) * FRAME_SECONDS < MIN_JUDGED_SECONDS) return true;
  const [from, to] = [start + EDGE_FRAMES, end - EDGE_FRAMES];
  const powers = bands.map((values, band) => {
    const own = values.subarray(from, to);
    return own.reduce((sum, power, index) => sum + Math.max(0, power - (floors[band]?.[from + index] ?? 0)), 0);
  });
  const whole = powers.reduce((sum, power) => sum + power, 0);
  return bands.some(
    (values, band) =>
      (powers[band] ?? 0) >= MIN_BAND_SHARE * whole &&
      deviationDb(smoothed(values.subarray(from, to))) >= MIN_VARIATION_DB,
  );
}

/** Standard deviation of powers in dB. */
function deviationDb(powers: Float32Array): number {
  const levels = powers.map((power) => 10 * Math.log10(power + SILENCE));
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
}
