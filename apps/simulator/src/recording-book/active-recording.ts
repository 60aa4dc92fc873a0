import type { RecordedPiece } from '../ledger/ledger.module.js';
import type { RecordingRequest } from './recording-request.js';
import { recordedPieces, type Stretch } from './recorded-pieces.js';

/** A recording under way. Times are simulated ms since the call's answer. */
export class ActiveRecording {
  private readonly stretches: Stretch[] = [];
  private since: number;
  private paused: Stretch['paused'] = false;

  constructor(
    readonly sid: string,
    readonly name: string | undefined,
    readonly request: RecordingRequest,
    startMs: number,
  ) {
    this.since = startMs;
  }

  get isPaused(): boolean {
    return this.paused !== false;
  }

  pause(atMs: number, behaviour: 'silence' | 'skip'): void {
    this.turn(atMs, behaviour);
  }

  resume(atMs: number): void {
    this.turn(atMs, false);
  }

  /** Ends it. @returns what it holds of the call's sounds */
  finish(atMs: number, sounds: readonly RecordedPiece[]): ReturnType<typeof recordedPieces> {
    this.turn(atMs, this.paused);
    return recordedPieces(this.stretches, sounds);
  }

  private turn(atMs: number, paused: Stretch['paused']): void {
    if (atMs > this.since) this.stretches.push({ startMs: this.since, endMs: atMs, paused: this.paused });
    this.since = atMs;
    this.paused = paused;
  }
}
