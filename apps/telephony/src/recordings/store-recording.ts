import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { RecordingDocument } from '#libs/persistence/schemas/telephony/recordings.js';
import { Clock } from '#libs/clock/clock.js';
import { RecordingTransfer } from '#libs/ports/recording-transfer.js';
import { WorkQueue, type WorkItem } from '#libs/work-queue/index.js';
import { type CallLog, CallLogRepository } from '../call-log/call-log.module.js';
import { RECORDING_QUEUE } from '../config/config.module.js';
import { toObjectKey, toStoredRecording, type RecordedCall, type RecordingWork } from './recording.js';
import { RecordingRepository } from './recording.repository.js';

const DAY_MS = 86_400_000;
/** Retention of recordings of calls requested before organizations could set a retention period. */
const DEFAULT_RETENTION_DAYS = 90;

/**
 * Transfers a recording from the carrier to the object store and verifies it there. After a crash it starts over and
 * overwrites the object, because the object key stays the same. The carrier's copy may be deleted only afterwards.
 */
@Injectable()
export class StoreRecording {
  private readonly logger = new Logger(StoreRecording.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly recordings: RecordingRepository,
    private readonly callLogs: CallLogRepository,
    private readonly transfers: RecordingTransfer,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderError if the carrier or the object store is unavailable; the queue retries */
  async execute(item: WorkItem<RecordingWork>): Promise<void> {
    const { organizationId: organization } = item;
    const recording = await this.recordings.load(organization, item.payload.recordingId);
    if (recording.state !== 'reported' || !recording.carrierRecordingId) return;
    const { carrierRecordingId, channels } = recording;
    const metadata = { organization, attempt: recording.attemptId };
    const key = toObjectKey(recording);
    const object = await this.transfers.transfer({ carrierRecordingId, channels, key, metadata });
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      const current = await this.recordings.load(organization, recording._id, tx);
      if (current.state !== 'reported') return;
      const callLog = await this.callLogs.loadCall(organization, current.attemptId, tx);
      const now = this.clock.now();
      const change = toStoredRecording(current, toRecordedCall(callLog, recording), object, now);
      await this.recordings.save(tx, organization, change.recording, change.events);
      const scheduleWork = (kind: string, dueAt: Date): Promise<unknown> =>
        this.queue.schedule(tx, {
          queue: RECORDING_QUEUE,
          kind,
          key: `${kind}.${current._id}`,
          dueAt,
          payload: { recordingId: current._id } satisfies RecordingWork,
          organizationId: organization,
        });
      const { recordingRetentionDays: days = DEFAULT_RETENTION_DAYS } = callLog.request;
      await scheduleWork('delete-at-carrier', now);
      await scheduleWork('expire-recording', new Date(now.getTime() + days * DAY_MS));
    });
    const { _id: recordingId, attemptId } = recording;
    this.logger.log({ recordingId, attemptId, sizeBytes: object.size }, 'Recording stored and verified.');
  }
}

function toRecordedCall(
  { _id: attemptId, deliveryId, request, call }: CallLog,
  { reportedAt }: RecordingDocument,
): RecordedCall {
  const { answeredAt } = call.facts;
  return { attemptId, deliveryId, request, answeredAt: answeredAt === null ? reportedAt : new Date(answeredAt) };
}
