import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import type { RecordingWork } from './recording.js';
import { RecordingRepository } from './recording.repository.js';

/** Deletes the carrier's copy of a recording that is stored and verified in DelAuto's object store. */
@Injectable()
export class DeleteAtCarrier {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly recordings: RecordingRepository,
    private readonly carrier: VoiceCarrier,
  ) {}

  async execute(item: WorkItem<RecordingWork>): Promise<void> {
    const { organizationId: organization } = item;
    const recording = await this.recordings.load(organization, item.payload.recordingId);
    if (recording.state !== 'stored' || !recording.carrierRecordingId) return;
    await this.carrier.deleteRecording(recording.carrierRecordingId);
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      const current = await this.recordings.load(organization, recording._id, tx);
      if (current.state !== 'stored') return;
      await this.recordings.save(tx, organization, { ...current, state: 'deleted_at_carrier' });
    });
  }
}
