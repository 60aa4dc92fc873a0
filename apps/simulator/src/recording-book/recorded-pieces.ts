import type { RecordedPiece } from '../ledger/ledger.module.js';

/** A period of a recorded call during which the recording ran or was paused, in simulated ms since the answer. */
export interface RecordingSegment {
  readonly startMs: number;
  readonly endMs: number;
  /** Whether the recording was paused; `silence` records silence, `skip` omits the time. */
  readonly paused: false | 'silence' | 'skip';
}

/**
 * Cuts a call's sounds to the segments of a recording.
 * @param segments the recording's segments, in order and without gaps
 * @param sounds the call's sounds, at their times in the call
 * @returns the sounds at their times in the recording, cut at pauses, and the recording's length in ms
 */
export function toRecordedPieces(
  segments: readonly RecordingSegment[],
  sounds: readonly RecordedPiece[],
): { readonly durationMs: number; readonly pieces: readonly RecordedPiece[] } {
  const pieces: RecordedPiece[] = [];
  let durationMs = 0;
  for (const { startMs, endMs, paused } of segments) {
    if (paused === 'skip') continue;
    if (paused === false) {
      for (const sound of sounds) {
        const from = Math.max(startMs, sound.atMs);
        const to = Math.min(endMs, sound.atMs + sound.lengthMs);
        if (to <= from) continue;
        const skippedMs = from - sound.atMs;
        pieces.push({
          ...sound,
          atMs: durationMs + from - startMs,
          fromMs: sound.fromMs + skippedMs,
          lengthMs: to - from,
        });
      }
    }
    durationMs += endMs - startMs;
  }
  return { durationMs, pieces };
}
