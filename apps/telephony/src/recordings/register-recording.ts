import { Injectable } from '@nestjs/common';
import { newId } from '#libs/persistence/new-id.js';
import { organizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { RecordingStatusEvent } from '#libs/ports/voice-carrier.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import type { CallLog } from '../calls/call-log.js';
import { CallLogRepository } from '../calls/call-log.repository.js';
import { RECORDING_QUEUE, type RecordingWork } from '../queues.js';
import { missingRecording, reportedRecording, type ReportedRecording } from './recording.js';
import { RecordingRepository } from './recording.repository.js';

/** Writes down that the carrier has a recording, or has none, and that it is to be fetched. */
@Injectable()
export class RegisterRecording {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordings: RecordingRepository,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /** A callback of the carrier. @returns false for an attempt nobody knows */
  async report(attemptId: string, event: RecordingStatusEvent): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const callLog = await this.callLogs.findOfAnyOrganization(attemptId, tx);
      if (!callLog) return false;
      if (event.status === 'completed') await this.register(tx, callLog, recordingOf(event));
      if (event.status === 'absent' || event.status === 'failed') {
        await this.missing(tx, callLog, `the carrier says the recording is ${event.status}`);
      }
      return true;
    });
  }

  /** A recording known already is left as it is. */
  async register(tx: Transaction, callLog: CallLog, recording: ReportedRecording): Promise<void> {
    const owner = organizationId(callLog.organizationId);
    if (await this.recordings.findByCarrierId(owner, recording.carrierRecordingId, tx)) return;
    const now = this.clock.now();
    const { _id: attemptId, deliveryId } = callLog;
    const row = reportedRecording(newId('rec'), { attemptId, deliveryId }, recording, now);
    const { _id: recordingId } = await this.recordings.create(tx, owner, row);
    await this.queue.schedule(tx, {
      queue: RECORDING_QUEUE,
      kind: 'store-recording',
      key: `store-recording.${recordingId}`,
      dueAt: now,
      payload: { recordingId } satisfies RecordingWork,
      organizationId: owner,
    });
  }

  /** Tells once that there is none, unless there is one. */
  async missing(tx: Transaction, callLog: CallLog, reason: string): Promise<void> {
    const owner = organizationId(callLog.organizationId);
    const { _id: attemptId, deliveryId } = callLog;
    if ((await this.recordings.findOfAttempt(owner, attemptId, tx)).length > 0) return;
    const { recording, events } = missingRecording(newId('rec'), { attemptId, deliveryId }, reason, this.clock.now());
    await this.recordings.create(tx, owner, recording, events);
  }
}

function recordingOf({ recordingId, channels, durationSeconds }: RecordingStatusEvent): ReportedRecording {
  return { carrierRecordingId: recordingId, channels, durationSeconds: Math.round(durationSeconds ?? 0) };
}
