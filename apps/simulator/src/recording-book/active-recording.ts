import type { RecordedPiece } from '../ledger/ledger.module.js';
import type { RecordingRequest } from './recording-request.js';
import { recordedPieces, type Stretch } from './recorded-pieces.js';

/** A recording in progress. Times are simulated ms since the call's answer. */
export class ActiveRecording {
  private readonly stretches: Stretch[] = [];
  private stretchStartMs: number;
  private paused: Stretch['paused'] = false;

  constructor(
    readonly sid: string,
    readonly name: string | undefined,
    readonly request: RecordingRequest,
    startMs: number,
  ) {
    this.stretchStartMs = startMs;
  }

  get isPaused(): boolean {
    return this.paused !== false;
  }

  pause(atMs: number, pauseBehavior: 'silence' | 'skip'): void {
    this.startStretch(atMs, pauseBehavior);
  }

  resume(atMs: number): void {
    this.startStretch(atMs, false);
  }

  /** Ends the recording. @returns the sounds that it contains, and its length */
  finish(atMs: number, sounds: readonly RecordedPiece[]): ReturnType<typeof recordedPieces> {
    this.startStretch(atMs, this.paused);
    return recordedPieces(this.stretches, sounds);
  }

  private startStretch(atMs: number, paused: Stretch['paused']): void {
    if (atMs > this.stretchStartMs)
      this.stretches.push({ startMs: this.stretchStartMs, endMs: atMs, paused: this.paused });
    this.stretchStartMs = atMs;
    this.paused = paused;
  }
}
