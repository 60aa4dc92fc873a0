import { Injectable } from '@nestjs/common';
import { createId } from '#libs/persistence/new-id.js';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import type { CallLog } from '../call-log/call-log.module.js';
import { RECORDING_QUEUE } from '../config/config.module.js';
import { toRecordingDocument, type RecordingWork, type ReportedRecording } from './recording.js';
import { RecordingRepository } from './recording.repository.js';

/**
 * Registers a recording that the carrier reported, and schedules its transfer from the carrier to the object store. Has
 * no effect if the recording is already registered, because the carrier repeats callbacks.
 */
@Injectable()
export class RegisterRecording {
  constructor(
    private readonly recordings: RecordingRepository,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, callLog: CallLog, recording: ReportedRecording): Promise<void> {
    const organization = parseOrganizationId(callLog.organizationId);
    if (await this.recordings.findByCarrierId(organization, recording.carrierRecordingId, tx)) return;
    const now = this.clock.now();
    const { _id: attemptId, deliveryId } = callLog;
    const newRecording = toRecordingDocument(createId('rec'), { attemptId, deliveryId }, recording, now);
    const { _id: recordingId } = await this.recordings.create(tx, organization, newRecording);
    await this.queue.schedule(tx, {
      queue: RECORDING_QUEUE,
      kind: 'store-recording',
      key: `store-recording.${recordingId}`,
      dueAt: now,
      payload: { recordingId } satisfies RecordingWork,
      organizationId: organization,
    });
  }
}
