import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { CallLogRepository, applyReport, RecordCallChange } from '../call-log/call-log.module.js';

/** Records that the carrier accepted the create request. Callbacks of the call may have arrived already. */
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
        const change = applyReport(callLog, { kind: 'create_accepted', carrierCallId }, now);
        await this.recordChange.execute(tx, callLog, change, now);
        return callLog;
      },
      { queueKey: attemptId },
    );
    this.logger.log({ attemptId, deliveryId: before.deliveryId, carrierCallId }, 'Call placed.');
    if (before.call.outcome !== 'not_placed') return;
    // The call was judged not placed, so another attempt may already be planned. This call must end.
    this.logger.error(
      { attemptId, carrierCallId },
      'Ending a call that the carrier created after its attempt was closed.',
    );
    await this.carrier.endCall(carrierCallId);
  }
}
