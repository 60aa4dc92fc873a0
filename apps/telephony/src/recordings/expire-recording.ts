import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { toExpiredRecording, type RecordingWork } from './recording.js';
import { RecordingRepository } from './recording.repository.js';

/** Deletes a recording whose retention period is over. Its transcript and instructions stay. */
@Injectable()
export class ExpireRecording {
  private readonly logger = new Logger(ExpireRecording.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly recordings: RecordingRepository,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderError if the object store is unavailable; the queue retries */
  async execute(item: WorkItem<RecordingWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { recordingId } = item.payload;
    const recording = await this.recordings.findById(organization, recordingId);
    // The recording no longer exists if its customer's data was erased.
    if (recording?.objectKey !== undefined) await this.objects.delete(recording.objectKey);
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      const current = await this.recordings.findById(organization, recordingId, tx);
      if (!current || current.objectKey === undefined) return;
      const change = toExpiredRecording(current, this.clock.now());
      await this.recordings.save(tx, organization, change.recording, change.events);
    });
    this.logger.log({ recordingId }, 'Recording deleted: its retention period is over.');
  }
}
