import type { RecordedPiece } from '../ledger/ledger.module.js';

/** A stretch of a call's time, in simulated ms since the answer. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
  /** Whether the recording was paused; `silence` records silence, `skip` omits the time. */
  readonly paused: false | 'silence' | 'skip';
}

/**
 * Cuts a call's sounds to the stretches of a recording.
 * @param stretches the recording's stretches, in order and without gaps
 * @param sounds the call's sounds, placed in the call's time
 * @returns the sounds placed in the recording's time, cut at pauses, and the recording's length
 */
export function recordedPieces(
  stretches: readonly Stretch[],
  sounds: readonly RecordedPiece[],
): { readonly durationMs: number; readonly pieces: readonly RecordedPiece[] } {
  const pieces: RecordedPiece[] = [];
  let durationMs = 0;
  for (const { startMs, endMs, paused } of stretches) {
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
