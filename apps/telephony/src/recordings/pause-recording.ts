import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { type AttemptWork, CallLogRepository, isAskingForCode, isInConversation } from '../call-log/call-log.module.js';

/**
 * Maximum number of times that the state is sent. It is sent again if the conversation has moved on before the carrier
 * paused or resumed the recording.
 */
const MAX_ROUNDS = 4;

/**
 * Pauses the carrier's recording while the conversation asks for an access code, and resumes it afterwards. Each round
 * sends the state that the conversation requires, until the carrier has it, so the order of work items does not matter.
 */
@Injectable()
export class PauseRecording {
  private readonly logger = new Logger(PauseRecording.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly carrier: VoiceCarrier,
  ) {}

  /** @throws ProviderError if the carrier is unavailable; the queue retries */
  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { attemptId } = item.payload;
    await this.synchronize(item.organizationId, attemptId);
    await this.transactions.run((tx) => item.complete(tx));
  }

  private async synchronize(organization: OrganizationId, attemptId: string): Promise<void> {
    let callLog = await this.callLogs.loadCall(organization, attemptId);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (!callLog.carrierCallId || !isInConversation(callLog)) return;
      const isPaused = isAskingForCode(callLog);
      await this.sendState(callLog.carrierCallId, isPaused, attemptId);
      callLog = await this.callLogs.loadCall(organization, attemptId);
      if (isAskingForCode(callLog) === isPaused) return;
    }
  }

  private async sendState(carrierCallId: string, isPaused: boolean, attemptId: string): Promise<void> {
    try {
      await this.carrier.setRecordingPaused({ carrierCallId, isPaused });
    } catch (error) {
      if (!(error instanceof ProviderError && (error.code === 'rejected' || error.code === 'not_found'))) throw error;
      this.logger.warn({ attemptId }, `Found no active recording to ${isPaused ? 'pause' : 'resume'}.`);
    }
  }
}
