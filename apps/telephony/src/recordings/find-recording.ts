import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { type AttemptWork, CallLogRepository } from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { toReportedRecording } from './recording.js';
import { RecordingRepository } from './recording.repository.js';
import { RegisterMissingRecording } from './register-missing-recording.js';
import { RegisterRecording } from './register-recording.js';

/** Number of searches after which a recording that the carrier does not list is registered as missing. */
const MAX_SEARCHES = 6;

/** Searches for the recording of a call whose callback did not arrive. */
@Injectable()
export class FindRecording {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordings: RecordingRepository,
    private readonly registerRecording: RegisterRecording,
    private readonly registerMissing: RegisterMissingRecording,
    private readonly carrier: VoiceCarrier,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const { carrierCallId } = await this.callLogs.loadCall(organization, attemptId);
    const registeredRecordings = await this.recordings.findByAttempt(organization, attemptId);
    const listedRecordings =
      registeredRecordings.length > 0 || !carrierCallId ? [] : await this.carrier.listRecordings({ carrierCallId });
    await this.transactions.run(async (tx) => {
      const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
      for (const recording of listedRecordings.filter(({ status }) => status === 'completed')) {
        await this.registerRecording.execute(tx, callLog, toReportedRecording(recording));
      }
      if ((await this.recordings.findByAttempt(organization, attemptId, tx)).length > 0) return item.complete(tx);
      const now = this.clock.now().getTime();
      const intervalMs = this.settings.recordingSearchSeconds * 1_000;
      if (now - (callLog.closedAt?.getTime() ?? now) < intervalMs * MAX_SEARCHES) {
        return item.postpone(tx, new Date(now + intervalMs));
      }
      await this.registerMissing.execute(tx, callLog, 'the carrier shows no recording of the call');
      return item.complete(tx);
    });
  }
}
