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
const SCORE = { begins: 8, continues: 2 } as const;
/** Weaker frames within speech that do not end it. */
const MAX_GAP_FRAMES = 2;
/** Shorter runs are clicks: a click of 10 ms is under the windows of 3 frames. */
const MIN_RUN_FRAMES = 4;
/** Phrases with less sound are clicks too: one of 30 ms is under the windows of 4 or 5 frames. */
const MIN_PHRASE_FRAMES = 6;
/** Least sum of the scores of a phrase's frames. Measured: 95 at most in 2 h of noise, 170 or more for 0.5 s of speech at 6 dB. */
const MIN_PHRASE_SCORE = 130;
/** Runs with shorter gaps are judged together. Seconds. */
const MAX_PHRASE_GAP_SECONDS = 0.3;
/**
 * A burst of noise varies by 0.7 to 2 dB within a band (standard deviation), speech of half a second by 4 to 30 dB. Shorter
 * phrases may be one vowel and are not judged.
 */
const BURST = { minSeconds: 0.4, maxVariationDb: 2.5 } as const;
/**
 * Tones keep their power, voices do not for 0.16 s. Shorter ones are those of telephone keys (ITU-T Q.23), which unlike
 * voices have no power in the bands below 450 Hz. Of less than 6 frames too few are left without the edges.
 */
const TONE = {
  ...{ maxVariationDb: 0.5, minSeconds: 0.16, minJudgedSeconds: 6 * FRAME_SECONDS },
  ...{ emptyBands: 2, maxShareInEmptyBands: 0.02 },
} as const;
/** A click is within 25 dB of its peak for less than 6 frames, however long it rings. Runs over 0.5 s hold more than a click. */
const CLICK = { maxFrames: 5, rangeDb: 25, maxRunFrames: 31 } as const;
/** Frames at either end of a sound whose windows hold only a part of it. */
const EDGE_FRAMES = 2;
/** Bands with a smaller share of the power say nothing about the variation. */
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
  const levelsDbfs = powerAboveNoise(bands, floors, frames).map((power) => 10 * Math.log10(power + SILENCE));
  const sounds = runsOf(scores)
    .flatMap((run) => withoutClick(run, levelsDbfs))
    .filter((run) => !isTone(soundIn(run, bands, floors, 0)));
  const runs = phrases(sounds)
    .filter((phrase) => isEnough(phrase, scores) && !isBurst(soundIn(phrase, bands, floors, 1)))
    .flatMap(({ runs: kept }) => kept);
  return { frames, hop, runs, levelsDbfs };
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

/** What of a short run comes before a click and after its ringing; the whole run if its peak is no click. */
function withoutClick(run: FrameRange, levelsDbfs: Float32Array): FrameRange[] {
  const frames = run.end - run.start;
  if (frames < MIN_RUN_FRAMES) return [];
  if (frames > CLICK.maxRunFrames) return [run];
  const level = (frame: number): number => levelsDbfs[frame] ?? 0;
  let peak = run.start;
  for (let frame = run.start; frame < run.end; frame++) if (level(frame) > level(peak)) peak = frame;
  const isLoud = (frame: number): boolean => level(frame) >= level(peak) - CLICK.rangeDb;
  let [from, to] = [peak, peak + 1];
  while (from > run.start && isLoud(from - 1)) from -= 1;
  while (to < run.end && isLoud(to)) to += 1;
  if (to - from > CLICK.maxFrames || to - from === frames) return [run];
  while (to < run.end && level(to) <= level(to - 1)) to += 1;
  const rest = [
    { start: run.start, end: from },
    { start: to, end: run.end },
  ];
  return rest.flatMap((part) => withoutClick(part, levelsDbfs));
}

interface Phrase extends FrameRange {
  readonly runs: readonly FrameRange[];
}

/** Runs between which there is only a short gap. */
function phrases(runs: readonly FrameRange[]): Phrase[] {
  const maxGap = Math.round(MAX_PHRASE_GAP_SECONDS / FRAME_SECONDS);
  const groups: FrameRange[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (run.start - (last?.at(-1)?.end ?? -Infinity) <= maxGap) last?.push(run);
    else groups.push([run]);
  }
  return groups.map((own) => ({ start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? 0, runs: own }));
}

/** Whether a phrase is longer than a click and less likely than chance to be noise. */
function isEnough({ runs }: Phrase, scores: Float32Array): boolean {
  const frames = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  const score = runs.reduce((sum, { start, end }) => sum + total(scores.subarray(start, end)), 0);
  return frames >= MIN_PHRASE_FRAMES && score >= MIN_PHRASE_SCORE;
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

interface Sound {
  readonly seconds: number;
  /** Each band's share of the power above the noise. */
  readonly shares: readonly number[];
  /** The largest variation within a band that holds a good share. Standard deviation in dB. */
  readonly variationDb: number;
}

/**
 * Describes the sound of a range without its edges.
 * @param reach frames on either side over which powers are averaged before their variation is taken
 */
function soundIn(
  { start, end }: FrameRange,
  bands: readonly Float32Array[],
  floors: readonly Float32Array[],
  reach: number,
): Sound {
  const [from, to] = [start + EDGE_FRAMES, end - EDGE_FRAMES];
  const powers = bands.map((values, band) => {
    let sum = 0;
    for (let at = from; at < to; at++) sum += Math.max(0, (values[at] ?? 0) - (floors[band]?.[at] ?? 0));
    return sum;
  });
  const whole = powers.reduce((sum, power) => sum + power, SILENCE);
  const shares = powers.map((power) => power / whole);
  const variations = bands.map((values, band) =>
    (shares[band] ?? 0) < MIN_BAND_SHARE ? 0 : deviationDb(smoothed(values.subarray(from, to), reach)),
  );
  return { seconds: (end - start) * FRAME_SECONDS, shares, variationDb: Math.max(...variations) };
}

function isTone({ seconds, shares, variationDb }: Sound): boolean {
  if (seconds < TONE.minJudgedSeconds) return false;
  const low = total(shares.slice(0, TONE.emptyBands));
  return variationDb < TONE.maxVariationDb && (seconds > TONE.minSeconds || low < TONE.maxShareInEmptyBands);
}

/** Whether this is a tone or a piece of stationary noise that is too short to be taken for the floor. */
function isBurst({ seconds, variationDb }: Sound): boolean {
  return seconds >= BURST.minSeconds && variationDb < BURST.maxVariationDb;
}

/** Standard deviation of powers in dB. */
function deviationDb(powers: Float32Array): number {
  const levels = powers.map((power) => 10 * Math.log10(power + SILENCE));
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
}
