import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { type AttemptWork, CallLogRepository, isCodeAsked, isInConversation } from '../call-log/call-log.module.js';

/** Somebody who answers quickly is past the code before the pause is told: then it is told again, so often at most. */
const MOST_TIMES = 4;

/**
 * Makes the carrier's recording pause while a code is asked for, and go on afterwards. What is told is what the conversation
 * says at that moment, until both agree: the order in which work is done does not matter.
 */
@Injectable()
export class PauseRecording {
  private readonly logger = new Logger(PauseRecording.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly carrier: VoiceCarrier,
  ) {}

  /** @throws ProviderError when the carrier cannot be asked; the queue tries again */
  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { attemptId } = item.payload;
    await this.agree(item.organizationId, attemptId);
    await this.transactions.run((tx) => item.complete(tx));
  }

  private async agree(organization: OrganizationId, attemptId: string): Promise<void> {
    let callLog = await this.callLogs.loadCall(organization, attemptId);
    for (let times = 0; times < MOST_TIMES; times += 1) {
      if (!callLog.carrierCallId || !isInConversation(callLog)) return;
      const isPaused = isCodeAsked(callLog);
      await this.tell(callLog.carrierCallId, isPaused, attemptId);
      callLog = await this.callLogs.loadCall(organization, attemptId);
      if (isCodeAsked(callLog) === isPaused) return;
    }
  }

  private async tell(carrierCallId: string, isPaused: boolean, attemptId: string): Promise<void> {
    try {
      await this.carrier.pauseRecording({ carrierCallId, isPaused });
    } catch (error) {
      if (!(error instanceof ProviderError && (error.code === 'rejected' || error.code === 'not_found'))) throw error;
      this.logger.warn({ attemptId }, `No recording is under way that could ${isPaused ? 'pause' : 'go on'}.`);
    }
  }
}
