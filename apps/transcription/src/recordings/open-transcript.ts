import { Injectable } from '@nestjs/common';
import type { RecordingStoredPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { TRANSCRIBE_RECORDING, TRANSCRIPTION_QUEUE } from '../config/config.module.js';
import type { TranscribeRecordingWork } from './transcript-steps.js';
import { openTranscript, TranscriptRepository } from '../transcripts/transcripts.module.js';

/**
 * Opens the transcript of a stored recording and schedules its work item in the same transaction. The transcript
 * therefore reaches the state `understood` or `failed` even if processes crash.
 */
@Injectable()
export class OpenTranscript {
  constructor(
    private readonly transcripts: TranscriptRepository,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /** Idempotent. */
  async execute(organizationId: OrganizationId, stored: RecordingStoredPayload, tx: Transaction): Promise<void> {
    const { recordingId } = stored;
    if (await this.transcripts.findById(organizationId, recordingId, tx)) return;
    const now = this.clock.now();
    await this.transcripts.create(tx, organizationId, openTranscript(stored, now));
    await this.queue.schedule(tx, {
      queue: TRANSCRIPTION_QUEUE,
      kind: TRANSCRIBE_RECORDING,
      key: `transcribe.${recordingId}`,
      dueAt: now,
      organizationId,
      payload: { recordingId } satisfies TranscribeRecordingWork,
    });
  }
}
