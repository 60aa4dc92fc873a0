import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { CallLogRepository, observe, RecordCallChange } from '../call-log/call-log.module.js';

/** The carrier accepted the create request. Callbacks of the call may have been there first. */
@Injectable()
export class RecordPlacedCall {
  private readonly logger = new Logger(RecordPlacedCall.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly carrier: VoiceCarrier,
    private readonly clock: Clock,
  ) {}

  async execute(organization: OrganizationId, attemptId: string, carrierCallId: string): Promise<void> {
    const before = await this.transactions.run(
      async (tx) => {
        const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
        const now = this.clock.now();
        const change = observe(callLog, { kind: 'create_accepted', carrierCallId }, now);
        await this.recordChange.execute(tx, callLog, change, now);
        return callLog;
      },
      { turn: attemptId },
    );
    this.logger.log({ attemptId, deliveryId: before.deliveryId, carrierCallId }, 'The carrier calls the customer.');
    if (before.call.outcome !== 'not_placed') return;
    // Judged not to exist, and there it is: another attempt may be planned already, so this one must not go on.
    this.logger.error(
      { attemptId, carrierCallId },
      'The carrier created a call long after it was given up; ending it.',
    );
    await this.carrier.endCall(carrierCallId);
  }
}
