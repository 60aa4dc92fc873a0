import type { RecordedPiece } from '../ledger/ledger.module.js';
import { SAMPLE_RATE_HZ } from './wav.js';

/** The content of a recording: its length, the sounds in it, and the sides of the call that are recorded. */
export interface RecordingPlan {
  readonly durationMs: number;
  readonly pieces: readonly RecordedPiece[];
  /** Twilio's `RecordingTrack`: `inbound` is the customer, `outbound` is DelAuto. */
  readonly track: 'inbound' | 'outbound' | 'both';
}

/**
 * Mixes the pieces of a recording into two channels: index 0 is the customer, index 1 is DelAuto. Twilio orders the
 * legs of an outbound call the same way, with the called party first. Prompts without a sound file, such as `<Say>`,
 * are silent.
 * @param readSamples returns the samples of a sound file at `SAMPLE_RATE_HZ`
 * @returns 16-bit samples, one array for each channel
 */
export function mixRecording(
  plan: RecordingPlan,
  readSamples: (file: string) => Int16Array,
): readonly [Int16Array, Int16Array] {
  const frames = toFrames(plan.durationMs);
  const customer = new Int16Array(frames);
  const delauto = new Int16Array(frames);
  for (const piece of plan.pieces) {
    if (plan.track !== 'both' && (plan.track === 'inbound') !== (piece.side === 'customer')) continue;
    const target = piece.side === 'customer' ? customer : delauto;
    const samples = readSamples(piece.file);
    const start = toFrames(piece.atMs);
    const from = toFrames(piece.fromMs);
    const to = Math.min(samples.length, from + toFrames(piece.lengthMs), from + frames - start);
    for (let index = from; index < to; index++) {
      const frame = start + index - from;
      target[frame] = clamp((target[frame] ?? 0) + (samples[index] ?? 0));
    }
  }
  return [customer, delauto];
}

/** Mixes two channels into one by adding them, so that a single speaker keeps the full level. */
export function mixDown(first: Int16Array, second: Int16Array): Int16Array {
  return first.map((sample, index) => clamp(sample + (second[index] ?? 0)));
}

function toFrames(ms: number): number {
  return Math.round((ms * SAMPLE_RATE_HZ) / 1000);
}

function clamp(value: number): number {
  return Math.max(-32_768, Math.min(32_767, value));
}
