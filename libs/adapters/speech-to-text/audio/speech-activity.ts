import { BAND_WIDTHS_HZ, FRAME_SECONDS, WINDOW_SECONDS, measureBandPowers } from './band-powers.js';
import { estimateNoiseFloors, computeMovingAverage } from './noise-floor.js';

/** A range of frames: `start` is inclusive, `end` exclusive. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** The speech in a recording. */
export interface SpeechActivity {
  readonly frames: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /** Ranges with speech, in order, without padding. */
  readonly runs: readonly FrameRange[];
  /** Power of each frame above the noise, in dB relative to full scale. */
  readonly levelsDbfs: Float32Array;
}

/** Factor (3 dB) by which noise may exceed its estimated floor without being classified as speech. */
const NOISE_MARGIN = 2;
/** Log-likelihood ratios above which speech begins and above which it continues (hysteresis). */
const SCORE = { begins: 8, continues: 2 } as const;
/** Maximum number of consecutive frames below the threshold that do not end a run. */
const MAX_GAP_FRAMES = 2;
/** Runs with fewer frames are clicks, because a click of 10 ms is in the windows of 3 frames. */
const MIN_RUN_FRAMES = 4;
/** Phrases with fewer frames are also clicks, because a click of 30 ms is in the windows of 4 or 5 frames. */
const MIN_PHRASE_FRAMES = 6;
/**
 * Minimum sum of a phrase's frame scores. Measured: at most 95 in 2 h of noise, at least 170 for 0.5 s of speech at 6
 * dB.
 */
const MIN_PHRASE_SCORE = 130;
/** Maximum gap between runs of one phrase, in seconds. */
const MAX_PHRASE_GAP_SECONDS = 0.3;
/**
 * The standard deviation within a band is 0.7 to 2 dB for a burst of noise and 4 to 30 dB for half a second of speech.
 * Shorter phrases may be a single vowel and are not classified.
 */
const BURST = { minSeconds: 0.4, maxVariationDb: 2.5 } as const;
/**
 * Over 0.16 s, the power of a tone is constant and that of a voice is not. A shorter sound is a tone only if it has no
 * power in the bands below 450 Hz, like the tones of telephone keys (ITU-T Q.23) and unlike voices. Sounds of fewer
 * than 6 frames are not classified, because too few frames remain without the edges.
 */
const TONE = {
  maxVariationDb: 0.5,
  minSeconds: 0.16,
  minClassifiedSeconds: 6 * FRAME_SECONDS,
  emptyBands: 2,
  maxShareInEmptyBands: 0.02,
} as const;
/**
 * A click stays within 25 dB of its peak for fewer than 6 frames, no matter how long it decays. Runs longer than 0.5 s
 * are never only a click.
 */
const CLICK = { maxFrames: 5, rangeDb: 25, maxRunFrames: 31 } as const;
/** Number of frames at either end of a sound whose windows contain only a part of it. */
const EDGE_FRAMES = 2;
/** Bands with a smaller share of the power are ignored when measuring the variation. */
const MIN_BAND_SHARE = 0.05;
/** Power added before a logarithm, which is undefined for 0. */
const SILENCE = 1e-12;

/**
 * Detects speech as power above the noise floor of each band. Hum and hiss raise the floor only in their own bands and
 * do not hide speech in others. The result does not depend on the length of the recording or on its loudest part.
 * @param samples in [-1, 1]
 * @param sampleRate samples per second, at least 8,000
 */
export function detectSpeechActivity(samples: Float32Array, sampleRate: number): SpeechActivity {
  const bandPowers = measureBandPowers(samples, sampleRate);
  const { frames, hop, bands } = bandPowers;
  const floors = estimateNoiseFloors(bandPowers);
  const scores = computeSpeechScores(bands, floors, frames);
  const levelsDbfs = computePowerAboveNoise(bands, floors, frames).map((power) => 10 * Math.log10(power + SILENCE));
  const sounds = findRuns(scores)
    .flatMap((run) => removeClick(run, levelsDbfs))
    .filter((run) => !isTone(describeSound(run, bands, floors, 0)));
  const runs = groupIntoPhrases(sounds)
    .filter((phrase) => isLikelySpeech(phrase, scores) && !isBurst(describeSound(phrase, bands, floors, 1)))
    .flatMap(({ runs: phraseRuns }) => phraseRuns);
  return { frames, hop, runs, levelsDbfs };
}

/**
 * Computes the log-likelihood ratio of speech to noise for each frame, after J. Sohn, N. Kim and W. Sung, "A
 * statistical model-based voice activity detection" (IEEE Signal Processing Letters 6(1), 1999): the sum over bands,
 * each by its signal-to-noise ratio and weighted by its number of independent values.
 */
function computeSpeechScores(
  bands: readonly Float32Array[],
  floors: readonly Float32Array[],
  frames: number,
): Float32Array {
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

function computePowerAboveNoise(
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

/**
 * Returns runs of frames above the continuation threshold that reach the begin threshold and are longer than a click.
 */
function findRuns(scores: Float32Array): FrameRange[] {
  const runs: FrameRange[] = [];
  let start = -1;
  let end = 0;
  let hasBegun = false;
  for (let frame = 0; frame <= scores.length + MAX_GAP_FRAMES; frame++) {
    const score = scores[frame] ?? 0;
    if (score > SCORE.continues) {
      if (start < 0) start = frame;
      end = frame + 1;
      hasBegun ||= score > SCORE.begins;
    } else if (start >= 0 && frame - end >= MAX_GAP_FRAMES) {
      if (hasBegun && end - start >= MIN_RUN_FRAMES) runs.push({ start, end });
      start = -1;
      hasBegun = false;
    }
  }
  return runs;
}

/** Returns the parts of a short run before a click and after its decay, or the whole run if its peak is not a click. */
function removeClick(run: FrameRange, levelsDbfs: Float32Array): FrameRange[] {
  const frames = run.end - run.start;
  if (frames < MIN_RUN_FRAMES) return [];
  if (frames > CLICK.maxRunFrames) return [run];
  const getLevel = (frame: number): number => levelsDbfs[frame] ?? 0;
  let peak = run.start;
  for (let frame = run.start; frame < run.end; frame++) if (getLevel(frame) > getLevel(peak)) peak = frame;
  const isLoud = (frame: number): boolean => getLevel(frame) >= getLevel(peak) - CLICK.rangeDb;
  let [from, to] = [peak, peak + 1];
  while (from > run.start && isLoud(from - 1)) from -= 1;
  while (to < run.end && isLoud(to)) to += 1;
  if (to - from > CLICK.maxFrames || to - from === frames) return [run];
  while (to < run.end && getLevel(to) <= getLevel(to - 1)) to += 1;
  const remainingParts = [
    { start: run.start, end: from },
    { start: to, end: run.end },
  ];
  return remainingParts.flatMap((part) => removeClick(part, levelsDbfs));
}

interface Phrase extends FrameRange {
  readonly runs: readonly FrameRange[];
}

/** Groups runs that are separated only by short gaps. */
function groupIntoPhrases(runs: readonly FrameRange[]): Phrase[] {
  const maxGap = Math.round(MAX_PHRASE_GAP_SECONDS / FRAME_SECONDS);
  const groups: FrameRange[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (run.start - (last?.at(-1)?.end ?? -Infinity) <= maxGap) last?.push(run);
    else groups.push([run]);
  }
  return groups.map((runsOfGroup) => ({
    start: runsOfGroup[0]?.start ?? 0,
    end: runsOfGroup.at(-1)?.end ?? 0,
    runs: runsOfGroup,
  }));
}

/** Whether a phrase is longer than a click and its score is too high for noise. */
function isLikelySpeech({ runs }: Phrase, scores: Float32Array): boolean {
  const frames = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  const score = runs.reduce((sum, { start, end }) => sum + addUp(scores.subarray(start, end)), 0);
  return frames >= MIN_PHRASE_FRAMES && score >= MIN_PHRASE_SCORE;
}

function addUp(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

interface Sound {
  readonly seconds: number;
  /** Each band's share of the power above the noise. */
  readonly shares: readonly number[];
  /** The largest variation within a band with a significant share. Standard deviation in dB. */
  readonly variationDb: number;
}

/**
 * Describes the sound of a range without its edges.
 * @param reach number of frames on either side over which powers are averaged before their variation is measured
 */
function describeSound(
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
  const totalPower = powers.reduce((sum, power) => sum + power, SILENCE);
  const shares = powers.map((power) => power / totalPower);
  const variations = bands.map((values, band) =>
    (shares[band] ?? 0) < MIN_BAND_SHARE
      ? 0
      : computeDeviationDb(computeMovingAverage(values.subarray(from, to), reach)),
  );
  return { seconds: (end - start) * FRAME_SECONDS, shares, variationDb: Math.max(...variations) };
}

function isTone({ seconds, shares, variationDb }: Sound): boolean {
  if (seconds < TONE.minClassifiedSeconds) return false;
  const lowBandShare = addUp(shares.slice(0, TONE.emptyBands));
  return variationDb < TONE.maxVariationDb && (seconds > TONE.minSeconds || lowBandShare < TONE.maxShareInEmptyBands);
}

/** Whether a sound is a tone or a burst of stationary noise that is too short to raise the noise floor. */
function isBurst({ seconds, variationDb }: Sound): boolean {
  return seconds >= BURST.minSeconds && variationDb < BURST.maxVariationDb;
}

/** Returns the standard deviation of powers in dB. */
function computeDeviationDb(powers: Float32Array): number {
  const levels = powers.map((power) => 10 * Math.log10(power + SILENCE));
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
}
