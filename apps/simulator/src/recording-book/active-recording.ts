import type { RecordedPiece } from '../ledger/ledger.module.js';
import type { RecordingRequest } from './recording-request.js';
import { toRecordedPieces, type RecordingSegment } from './recorded-pieces.js';

/** A recording in progress. Times are simulated ms since the call's answer. */
export class ActiveRecording {
  private readonly segments: RecordingSegment[] = [];
  private segmentStartMs: number;
  private paused: RecordingSegment['paused'] = false;

  constructor(
    readonly sid: string,
    readonly name: string | undefined,
    readonly request: RecordingRequest,
    startMs: number,
  ) {
    this.segmentStartMs = startMs;
  }

  get isPaused(): boolean {
    return this.paused !== false;
  }

  pause(atMs: number, pauseBehavior: 'silence' | 'skip'): void {
    this.startSegment(atMs, pauseBehavior);
  }

  resume(atMs: number): void {
    this.startSegment(atMs, false);
  }

  /** Ends the recording. @returns the sounds that it contains, and its length */
  finish(atMs: number, sounds: readonly RecordedPiece[]): ReturnType<typeof toRecordedPieces> {
    this.startSegment(atMs, this.paused);
    return toRecordedPieces(this.segments, sounds);
  }

  private startSegment(atMs: number, paused: RecordingSegment['paused']): void {
    if (atMs > this.segmentStartMs)
      this.segments.push({ startMs: this.segmentStartMs, endMs: atMs, paused: this.paused });
    this.segmentStartMs = atMs;
    this.paused = paused;
  }
}
