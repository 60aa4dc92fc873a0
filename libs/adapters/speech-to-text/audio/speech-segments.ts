import { FRAME_SECONDS } from './band-powers.js';
import { detectSpeechActivity, type FrameRange } from './speech-activity.js';

/** A range of samples: `start` is inclusive, `end` exclusive. */
export interface SampleRange {
  readonly start: number;
  readonly end: number;
}

/** Options of `findSpeechSegments`. */
export interface SegmentOptions {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Maximum length of a segment in seconds. Longer speech without a pause is cut at its quietest point. */
  readonly maxSeconds: number;
  /** Length of a pause that ends a segment, in seconds. */
  readonly pauseSeconds: number;
}

/** Padding around speech in seconds, because the beginning and the end of a word are below the threshold. */
const PADDING_SECONDS = { before: 0.2, after: 0.3 } as const;

/**
 * Finds the segments with speech, relative to the surrounding noise, and splits long speech at its pauses.
 * @param samples in [-1, 1]
 * @returns ranges in order, without overlap, none longer than `maxSeconds`; empty if there is no speech
 */
export function findSpeechSegments(samples: Float32Array, options: SegmentOptions): SampleRange[] {
  const { runs, frames, hop, levelsDbfs } = detectSpeechActivity(samples, options.sampleRate);
  const maxFrames = Math.floor((options.maxSeconds * options.sampleRate) / hop);
  return groupByPause(padRuns(runs, frames), toFrames(options.pauseSeconds), maxFrames)
    .flatMap((range) => cutAtQuietest(range, levelsDbfs, maxFrames))
    .map(({ start, end }) => ({ start: start * hop, end: Math.min(samples.length, end * hop) }));
}

const toFrames = (seconds: number): number => Math.round(seconds / FRAME_SECONDS);

function padRuns(runs: readonly FrameRange[], frames: number): FrameRange[] {
  return runs.map(({ start, end }) => ({
    start: Math.max(0, start - toFrames(PADDING_SECONDS.before)),
    end: Math.min(frames, end + toFrames(PADDING_SECONDS.after)),
  }));
}

/** Joins runs that are separated by short pauses, unless the group would exceed the maximum length. In frames. */
function groupByPause(runs: readonly FrameRange[], pauseFrames: number, maxFrames: number): FrameRange[] {
  const groups: FrameRange[] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (
      last !== undefined &&
      (run.start <= last.end || (run.start - last.end < pauseFrames && run.end - last.start <= maxFrames))
    ) {
      groups[groups.length - 1] = { start: last.start, end: Math.max(last.end, run.end) };
    } else {
      groups.push(run);
    }
  }
  return groups;
}

/** Splits a range that is too long at the quietest point in the second half of the maximum length. */
function cutAtQuietest(range: FrameRange, levels: Float32Array, maxFrames: number): FrameRange[] {
  const pieces: FrameRange[] = [];
  let { start } = range;
  while (range.end - start > maxFrames) {
    let cut = start + maxFrames;
    let quietest = Infinity;
    for (let frame = start + Math.floor(maxFrames / 2); frame < start + maxFrames; frame++) {
      const level = sumLevelsAround(levels, frame);
      if (level < quietest) {
        quietest = level;
        cut = frame;
      }
    }
    pieces.push({ start, end: cut });
    start = cut;
  }
  pieces.push({ start, end: range.end });
  return pieces;
}

/** Level assumed outside of the recording. */
const SILENCE_DBFS = -120;

/** Returns the sum of the levels over 0.2 s, because a plosive within a word is quiet as well, but shorter. */
function sumLevelsAround(levels: Float32Array, center: number): number {
  const reach = toFrames(0.1);
  let sum = 0;
  for (let frame = center - reach; frame <= center + reach; frame++) sum += levels[frame] ?? SILENCE_DBFS;
  return sum;
}
