import {
  ActiveRecording,
  toMediaUrl,
  type RecordingRequest,
  toWholeSeconds,
} from '../recording-book/recording-book.module.js';
import type { RecordedPiece, RecordingSource } from '../ledger/ledger.module.js';
import { createSid, formatRfc2822 } from '../twilio/twilio.module.js';
import { WebhookFailedError } from '../webhooks/webhooks.module.js';
import type { CallRecord } from '../call-book/call-book.module.js';
import type { CallServices } from './call-services.js';

/** Time that Twilio takes to process a recording after its end, in simulated ms. */
const PROCESSING_MS = 2000;
/** Minimum length of a recording, in simulated ms. Twilio drops shorter ones and reports them as absent. */
const MIN_RECORDING_MS = 1000;
/** Twilio's error code of an absent recording that was too short. */
const TOO_SHORT_ERROR_CODE = 16_101;

/** The recordings of one call, and the callbacks about them. */
export class CallRecordings {
  /** All sounds of the call so far, at their times in the call. */
  readonly sounds: RecordedPiece[] = [];
  private readonly active = new Map<string, ActiveRecording>();

  constructor(
    private readonly services: CallServices,
    private readonly call: CallRecord,
    /** Returns the time of the call, in simulated ms. */
    private readonly nowMs: () => number,
  ) {}

  /** Starts a recording and reports it to its callback. */
  start(request: RecordingRequest, source: RecordingSource, name?: string): ActiveRecording {
    const recording = new ActiveRecording(createSid('RE'), name, request, this.nowMs());
    this.active.set(recording.sid, recording);
    this.services.ledger.append({
      type: 'recording.started',
      recordingSid: recording.sid,
      callSid: this.call.sid,
      source,
      channels: request.track === 'both' ? request.channels : 1,
      track: request.track,
    });
    void this.report(recording, 'in-progress');
    return recording;
  }

  /** Finds the recording in progress with the name given in TwiML. */
  findByName(name: string): ActiveRecording | undefined {
    return [...this.active.values()].find((recording) => recording.name === name);
  }

  /** @returns false if this recording is not in progress */
  update(sid: string, status: 'paused' | 'in-progress' | 'stopped', pauseBehavior: 'silence' | 'skip'): boolean {
    const recording = sid === 'Twilio.CURRENT' ? [...this.active.values()].at(-1) : this.active.get(sid);
    if (recording === undefined) return false;
    if (status === 'stopped') {
      this.finish(recording);
    } else if (status === 'paused' && !recording.isPaused) {
      recording.pause(this.nowMs(), pauseBehavior);
      this.services.ledger.append({ type: 'recording.paused', recordingSid: recording.sid });
    } else if (status === 'in-progress' && recording.isPaused) {
      recording.resume(this.nowMs());
      this.services.ledger.append({ type: 'recording.resumed', recordingSid: recording.sid });
    }
    return true;
  }

  /**
   * Ends a recording. It is processed before its media are available and its callback is sent.
   * @returns the length in simulated ms
   */
  finish(recording: ActiveRecording): number {
    this.active.delete(recording.sid);
    const { durationMs, pieces } = recording.finish(this.nowMs(), this.sounds);
    const status = durationMs < MIN_RECORDING_MS ? 'absent' : 'completed';
    void this.services.time.sleep(PROCESSING_MS).then(async () => {
      this.services.ledger.append({
        type: 'recording.finished',
        recordingSid: recording.sid,
        status,
        durationMs,
        pieces,
        errorCode: status === 'absent' ? TOO_SHORT_ERROR_CODE : null,
      });
      await this.report(recording, status);
    });
    return durationMs;
  }

  finishAll(): void {
    for (const recording of [...this.active.values()]) this.finish(recording);
  }

  private async report(recording: ActiveRecording, status: 'in-progress' | 'completed' | 'absent'): Promise<void> {
    const { callback } = recording.request;
    // Twilio reports an absent recording also to callbacks that subscribed only to `completed`.
    const isSubscribed =
      callback?.events.includes(status) === true ||
      (status === 'absent' && callback?.events.includes('completed') === true);
    const record = this.services.recordings.get(recording.sid);
    if (callback === null || !isSubscribed || record === undefined) return;
    await this.services.ledger.flushed();
    const { accountSid, publicUrl } = this.services.config;
    try {
      await this.services.webhooks.send(callback.url, callback.method, {
        AccountSid: accountSid,
        CallSid: this.call.sid,
        RecordingSid: record.sid,
        RecordingUrl: toMediaUrl(publicUrl, accountSid, record.sid),
        RecordingStatus: status,
        RecordingChannels: String(record.channels),
        RecordingSource: record.source,
        RecordingTrack: record.track,
        RecordingStartTime: formatRfc2822(record.createdAt),
        ErrorCode: String(record.errorCode ?? 0),
        ...(record.durationMs === null ? {} : { RecordingDuration: String(toWholeSeconds(record.durationMs)) }),
      });
    } catch (error) {
      if (!(error instanceof WebhookFailedError)) throw error;
      this.services.ledger.append({
        type: 'call.warning',
        callSid: this.call.sid,
        code: error.code,
        message: error.message,
      });
    }
  }
}
