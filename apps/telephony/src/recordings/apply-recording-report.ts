import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { RecordingStatusEvent } from '#libs/ports/voice-carrier.js';
import { CallLogRepository } from '../call-log/call-log.module.js';
import { toReportedRecording } from './recording.js';
import { RegisterMissingRecording } from './register-missing-recording.js';
import { RegisterRecording } from './register-recording.js';

/** Applies a callback of the carrier about the recording of a call. */
@Injectable()
export class ApplyRecordingReport {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly registerRecording: RegisterRecording,
    private readonly registerMissing: RegisterMissingRecording,
  ) {}

  /** @returns false if the attempt is unknown */
  async execute(attemptId: string, event: RecordingStatusEvent): Promise<boolean> {
    const { status } = event;
    return this.transactions.run(async (tx) => {
      const callLog = await this.callLogs.findInAnyOrganization(attemptId, tx);
      if (!callLog) return false;
      if (status === 'completed') await this.registerRecording.execute(tx, callLog, toReportedRecording(event));
      if (status === 'absent' || status === 'failed') {
        await this.registerMissing.execute(tx, callLog, `the carrier says the recording is ${status}`);
      }
      return true;
    });
  }
}
