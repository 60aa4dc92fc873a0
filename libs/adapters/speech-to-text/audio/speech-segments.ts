import { FRAME_SECONDS } from './band-powers.js';
import { speechActivity, type FrameRange } from './speech-activity.js';

/** A stretch of samples: `start` included, `end` not. */
export interface SampleRange {
  readonly start: number;
  readonly end: number;
}

export interface SegmentOptions {
  readonly sampleRate: number;
  /** No segment is longer; speech without a pause is cut where it is quietest. Seconds. */
  readonly maxSeconds: number;
  /** A pause this long ends a segment. Seconds. */
  readonly pauseSeconds: number;
}

/** Kept before and after, since a word begins and fades below the threshold. Seconds. */
const PADDING_SECONDS = { before: 0.2, after: 0.3 } as const;

/**
 * Finds where somebody speaks, by the noise around it, and cuts long speech at its pauses.
 * @param samples in [-1, 1]
 * @returns ranges in order, without overlap, none longer than `maxSeconds`; empty when nobody speaks
 */
export function speechSegments(samples: Float32Array, options: SegmentOptions): SampleRange[] {
  const { runs, frames, hop, levelsDbfs } = speechActivity(samples, options.sampleRate);
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

/** Joins runs whose pause is short, as long as the whole stays within the maximum. */
function groupByPause(runs: readonly FrameRange[], pause: number, max: number): FrameRange[] {
  const groups: FrameRange[] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (
      last !== undefined &&
      (run.start <= last.end || (run.start - last.end < pause && run.end - last.start <= max))
    ) {
      groups[groups.length - 1] = { start: last.start, end: Math.max(last.end, run.end) };
    } else {
      groups.push(run);
    }
  }
  return groups;
}

/** Cuts a range that is too long at the quietest place in the second half of what fits. */
function cutAtQuietest(range: FrameRange, levels: Float32Array, max: number): FrameRange[] {
  const pieces: FrameRange[] = [];
  let { start } = range;
  while (range.end - start > max) {
    let cut = start + max;
    let quietest = Infinity;
    for (let frame = start + Math.floor(max / 2); frame < start + max; frame++) {
      const level = levelAround(levels, frame);
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

/** Outside of the recording. */
const SILENCE_DBFS = -120;

/** Sum of the levels of some 0.2 s: a plosive within a word is quiet too, but shorter. */
function levelAround(levels: Float32Array, centre: number): number {
  const reach = toFrames(0.1);
  let sum = 0;
  for (let frame = centre - reach; frame <= centre + reach; frame++) sum += levels[frame] ?? SILENCE_DBFS;
  return sum;
}
