import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { type AttemptWork, type CallLog, CallLogRepository } from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { createCallUrls } from '../carrier/carrier.module.js';
import { BEEP_STEP } from './take-turn.js';

/**
 * Redirects the call to the step that leaves a message, once the answering machine is ready for it. Idempotent: a
 * repeated redirect gets the same voice document.
 */
@Injectable()
export class LeaveVoicemail {
  private readonly logger = new Logger(LeaveVoicemail.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly carrier: VoiceCarrier,
    private readonly settings: TelephonySettings,
  ) {}

  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const callLog = await this.callLogs.loadCall(organization, attemptId);
    if (callLog.carrierCallId && canLeaveMessage(callLog)) await this.redirect(attemptId, callLog.carrierCallId);
    await this.transactions.run((tx) => item.complete(tx));
  }

  private async redirect(attemptId: string, carrierCallId: string): Promise<void> {
    const voiceUrl = createCallUrls(this.settings.publicUrl, attemptId).voice(BEEP_STEP);
    try {
      await this.carrier.redirectCall({ carrierCallId, voiceUrl, reason: 'machine_beep' });
    } catch (error) {
      if (!(error instanceof ProviderError && error.code === 'rejected')) throw error;
      this.logger.log({ attemptId }, 'Answering machine hung up before the message was left.');
    }
  }
}

/** Whether no human was heard and the message was not left yet. */
function canLeaveMessage({ conversation, call, closedAt }: CallLog): boolean {
  if (closedAt || call.facts.carrierEnd !== null) return false;
  if (!conversation) return true;
  const { flow, turns } = conversation;
  return !flow.humanHeard && flow.step !== 'ended' && !turns.some(({ step }) => step === BEEP_STEP);
}
