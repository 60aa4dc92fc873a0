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

const frameSeconds = 0.02;
/** A quieter frame is never speech, whatever the noise; in dB relative to full scale. */
const quietestSpeechDb = -52;
/** What a digital silence counts as. */
const silenceDb = -75;
/** Speech stands out from the noise by this much. */
const aboveNoiseDb = 9;
/** Sound that varies less than this from frame to frame is hiss or a tone: speech has syllables. */
const leastVariationDb = 6;
/** Shorter sounds are clicks and key presses. */
const shortestSpeechSeconds = 0.08;
/** Kept before and after, since a word begins and fades below the threshold. */
const paddingSeconds = { before: 0.2, after: 0.3 } as const;

/**
 * Finds where somebody speaks (energy above an estimated noise floor) and cuts long speech at its pauses.
 * @returns ranges in order, without overlap; none when nobody speaks
 */
export function speechSegments(samples: Float32Array, options: SegmentOptions): SampleRange[] {
  const frameLength = Math.round(options.sampleRate * frameSeconds);
  const levels = frameLevels(samples, frameLength);
  const toFrames = (seconds: number) => Math.round(seconds / frameSeconds);
  const maxFrames = toFrames(options.maxSeconds);
  const runs = padRuns(speechRuns(levels), levels.length, toFrames);
  return groupByPause(runs, toFrames(options.pauseSeconds), maxFrames)
    .flatMap((range) => cutAtQuietest(range, levels, maxFrames))
    .map(({ start, end }) => ({ start: start * frameLength, end: Math.min(samples.length, end * frameLength) }));
}

/** Root mean square of each frame in dB relative to full scale; the last frame may be shorter. */
function frameLevels(samples: Float32Array, frameLength: number): Float32Array {
  const levels = new Float32Array(Math.ceil(samples.length / frameLength));
  for (let frame = 0; frame < levels.length; frame++) {
    const start = frame * frameLength;
    const end = Math.min(samples.length, start + frameLength);
    let energy = 0;
    for (let index = start; index < end; index++) energy += (samples[index] ?? 0) ** 2;
    levels[frame] = Math.max(silenceDb, 10 * Math.log10(energy / (end - start) + 1e-12));
  }
  return levels;
}

function speechRuns(levels: Float32Array): SampleRange[] {
  const sorted = levels.toSorted();
  const percentile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? silenceDb;
  const noise = percentile(0.1);
  const loudest = percentile(0.98);
  if (loudest - noise < leastVariationDb) return [];
  // Where there is hardly a pause the 10th percentile is itself speech; never ask for more than half the variation.
  const threshold = Math.max(quietestSpeechDb, noise + Math.min(aboveNoiseDb, (loudest - noise) / 2));
  const shortest = Math.round(shortestSpeechSeconds / frameSeconds);
  const runs: SampleRange[] = [];
  let start = -1;
  for (let frame = 0; frame <= levels.length; frame++) {
    const loud = frame < levels.length && (levels[frame] ?? silenceDb) > threshold;
    if (loud && start < 0) start = frame;
    if (!loud && start >= 0) {
      if (frame - start >= shortest) runs.push({ start, end: frame });
      start = -1;
    }
  }
  return runs;
}

function padRuns(
  runs: readonly SampleRange[],
  frames: number,
  toFrames: (seconds: number) => number,
): readonly SampleRange[] {
  return runs.map(({ start, end }) => ({
    start: Math.max(0, start - toFrames(paddingSeconds.before)),
    end: Math.min(frames, end + toFrames(paddingSeconds.after)),
  }));
}

/** Joins runs whose pause is short, as long as the whole stays within the maximum. */
function groupByPause(runs: readonly SampleRange[], pause: number, max: number): SampleRange[] {
  const groups: SampleRange[] = [];
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
function cutAtQuietest(range: SampleRange, levels: Float32Array, max: number): SampleRange[] {
  const pieces: SampleRange[] = [];
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

/** Sum of the levels of some 0.2 s: a plosive within a word is quiet too, but shorter. */
function levelAround(levels: Float32Array, centre: number): number {
  const reach = Math.round(0.1 / frameSeconds);
  let sum = 0;
  for (let frame = centre - reach; frame <= centre + reach; frame++) sum += levels[frame] ?? silenceDb;
  return sum;
}
