import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { type AttemptWork, CallLogRepository, canCancelAtCarrier } from '../call-log/call-log.module.js';

/** Requests the carrier to end an unanswered call. The outcome comes from the carrier's report, as for any call. */
@Injectable()
export class CancelAtCarrier {
  private readonly logger = new Logger(CancelAtCarrier.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly carrier: VoiceCarrier,
  ) {}

  /** @throws ProviderError if the carrier is unavailable; the queue retries */
  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { attemptId } = item.payload;
    const callLog = await this.callLogs.loadCall(item.organizationId, attemptId);
    if (canCancelAtCarrier(callLog) && callLog.carrierCallId) {
      await this.carrier.cancelCall(callLog.carrierCallId);
      this.logger.log({ attemptId }, 'Cancel requested at the carrier.');
    }
    await this.transactions.run((tx) => item.complete(tx));
  }
}
