import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { TAKEOVER_STEP } from '../conversation/conversation.module.js';
import { type AttemptWork, CallLogRepository, isInConversation } from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { createCallUrls } from '../carrier/carrier.module.js';

/**
 * Applies an intervention at the carrier: redirects the call to the step that connects a dispatcher, or hangs up.
 * Idempotent.
 */
@Injectable()
export class InterveneAtCarrier {
  private readonly logger = new Logger(InterveneAtCarrier.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly carrier: VoiceCarrier,
    private readonly settings: TelephonySettings,
  ) {}

  /** @throws ProviderError if the carrier is unavailable; the queue retries */
  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { attemptId } = item.payload;
    const callLog = await this.callLogs.loadCall(item.organizationId, attemptId);
    const { carrierCallId, intervention } = callLog;
    if (carrierCallId && intervention && isInConversation(callLog)) {
      if (intervention.action === 'end') await this.carrier.endCall(carrierCallId);
      else await this.redirect(attemptId, carrierCallId);
      this.logger.log({ attemptId, action: intervention.action }, 'Intervention applied at the carrier.');
    }
    await this.transactions.run((tx) => item.complete(tx));
  }

  private async redirect(attemptId: string, carrierCallId: string): Promise<void> {
    const voiceUrl = createCallUrls(this.settings.publicUrl, attemptId).voice(TAKEOVER_STEP);
    try {
      await this.carrier.redirectCall({ carrierCallId, voiceUrl, reason: 'redirect' });
    } catch (error) {
      if (!(error instanceof ProviderError && error.code === 'rejected')) throw error;
      this.logger.log({ attemptId }, 'Customer hung up before being connected to a dispatcher.');
    }
  }
}
