import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { RecordingDocument } from '#libs/persistence/schemas/recordings.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ObjectStoreError, type ObjectStore, type StoredObject } from '#libs/ports/object-store.js';
import type { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { WorkHandler, WorkQueue, type WorkItem } from '#libs/work-queue/index.js';
import type { CallLog } from '../calls/call-log.js';
import { CallLogRepository } from '../calls/call-log.repository.js';
import { OBJECT_STORE, VOICE_CARRIER } from '../ports.js';
import { RECORDING_QUEUE, type RecordingWork } from '../queues.js';
import { objectKeyOf, storedRecording, type RecordedCall } from './recording.js';
import { RecordingRepository } from './recording.repository.js';

const WAV = 'audio/wav';
const DAY_MS = 86_400_000;
/** Of calls that were requested before organisations could say. */
const DEFAULT_RETENTION_DAYS = 90;

/**
 * Fetches a recording from the carrier into our own store and verifies it there. A crash anywhere does it again from the
 * start: the object has one key, so nothing is stored twice. Only then the carrier's copy may be deleted.
 */
@Injectable()
export class StoreRecording {
  private readonly logger = new Logger(StoreRecording.name);

  constructor(
    @Inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @Inject(RecordingRepository) private readonly recordings: RecordingRepository,
    @Inject(CallLogRepository) private readonly callLogs: CallLogRepository,
    @Inject(VOICE_CARRIER) private readonly carrier: VoiceCarrier,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(WorkQueue) private readonly queue: WorkQueue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws ProviderError when carrier or store cannot be reached; the queue tries again */
  @WorkHandler(RECORDING_QUEUE, 'store-recording')
  async execute(item: WorkItem<RecordingWork>): Promise<void> {
    const { organizationId: organization } = item;
    const recording = await this.recordings.load(organization, item.payload.recordingId);
    if (recording.state !== 'reported' || !recording.carrierRecordingId) return;
    const object = await this.copy(recording, recording.carrierRecordingId);
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      const current = await this.recordings.load(organization, recording._id, tx);
      if (current.state !== 'reported') return;
      const callLog = await this.callLogs.loadCall(organization, current.attemptId, tx);
      const now = this.clock.now();
      const stored = storedRecording(current, recordedCallOf(callLog, recording), object, now);
      await this.recordings.save(tx, organization, stored.recording, stored.events);
      const later = (kind: string, dueAt: Date): Promise<unknown> =>
        this.queue.schedule(tx, {
          ...{ queue: RECORDING_QUEUE, kind, key: `${kind}.${current._id}`, dueAt },
          payload: { recordingId: current._id } satisfies RecordingWork,
          organizationId: organization,
        });
      const { recordingRetentionDays: days = DEFAULT_RETENTION_DAYS } = callLog.request;
      await later('delete-at-carrier', now);
      await later('expire-recording', new Date(now.getTime() + days * DAY_MS));
    });
    const { _id: recordingId, attemptId } = recording;
    this.logger.log({ recordingId, attemptId, sizeBytes: object.size }, 'Recording stored and verified.');
  }

  private async copy(recording: RecordingDocument, carrierRecordingId: string): Promise<StoredObject> {
    const key = objectKeyOf(recording);
    const { channels } = recording;
    const { stream } = await this.carrier.downloadRecording({ recordingId: carrierRecordingId, channels });
    const stored = await this.objects.put({
      key,
      body: stream,
      contentType: WAV,
      metadata: { organization: recording.organizationId, attempt: recording.attemptId },
    });
    await this.verify(stored);
    return stored;
  }

  /** Reads it back, and so knows that it can be opened, too: the carrier's copy goes after this. */
  private async verify({ key, sha256 }: StoredObject): Promise<void> {
    const { stream } = await this.objects.get({ key });
    const hash = createHash('sha256');
    for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
    if (hash.digest('hex') === sha256) return;
    const message = `${key} is not in the store as it was written; it is stored again.`;
    throw new ObjectStoreError('checksum_mismatch', key, message);
  }
}

function recordedCallOf(
  { _id: attemptId, deliveryId, request, call }: CallLog,
  { reportedAt }: RecordingDocument,
): RecordedCall {
  const { answeredAt } = call.facts;
  return { attemptId, deliveryId, request, answeredAt: answeredAt === null ? reportedAt : new Date(answeredAt) };
}
