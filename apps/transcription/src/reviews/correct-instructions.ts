import { Injectable, Logger } from '@nestjs/common';
import { CodedError, type Actor, type CorrectInstructionsRequest } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { Clock } from '#libs/clock/clock.js';
import { IndexTranscript } from '../search-index/search-index.module.js';
import { TranscriptRepository, toVersion, withCorrection } from '../transcripts/transcripts.module.js';

/**
 * Saves a correction by a person as a new version of the instructions and publishes it. The previous version is kept.
 */
@Injectable()
export class CorrectInstructions {
  private readonly logger = new Logger('Reviews');

  constructor(
    private readonly transcripts: TranscriptRepository,
    private readonly indexTranscript: IndexTranscript,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `revision_mismatch`, `transcript_not_ready` */
  async execute(
    organization: OrganizationId,
    { recordingId, expectedRevision, correction }: CorrectInstructionsRequest,
    actor: Actor | undefined,
    tx: Transaction,
  ): Promise<TranscriptDocument> {
    const transcript = await this.transcripts.loadAt(organization, recordingId, expectedRevision, tx);
    const change = withCorrection(transcript, correction, actor?.id ?? 'unknown', this.clock.now());
    if (!change) {
      const message = 'The recording is still being processed; correct its instructions after that.';
      throw new CodedError('transcript_not_ready', message);
    }
    const stored = await this.transcripts.save(tx, organization, change.transcript, change.events);
    await this.indexTranscript.execute(tx, stored);
    const { deliveryId, attemptId } = stored;
    const version = toVersion(stored);
    tx.afterCommit(() =>
      this.logger.log({ recordingId, deliveryId, attemptId, version, by: actor?.id }, 'Instructions corrected.'),
    );
    return stored;
  }
}
