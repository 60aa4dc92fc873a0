import { Injectable } from '@nestjs/common';
import { createId } from '#libs/persistence/new-id.js';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { CallLog } from '../call-log/call-log.module.js';
import { toMissingRecording } from './recording.js';
import { RecordingRepository } from './recording.repository.js';

/**
 * Registers that the carrier has no recording of an answered call. Publishes its event once. Does nothing if a
 * recording exists.
 */
@Injectable()
export class RegisterMissingRecording {
  constructor(
    private readonly recordings: RecordingRepository,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, callLog: CallLog, reason: string): Promise<void> {
    const organization = parseOrganizationId(callLog.organizationId);
    const { _id: attemptId, deliveryId } = callLog;
    if ((await this.recordings.findByAttempt(organization, attemptId, tx)).length > 0) return;
    const { recording, events } = toMissingRecording(
      createId('rec'),
      { attemptId, deliveryId },
      reason,
      this.clock.now(),
    );
    await this.recordings.create(tx, organization, recording, events);
  }
}
