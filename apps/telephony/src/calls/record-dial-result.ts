import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { ProviderError } from '#libs/ports/errors.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { TelephonyMetrics } from '../metrics/telephony-metrics.js';
import { giveUp, observe, undoDialing, type CallChange, type CallLog } from './call-log.js';
import { CallLogRepository } from './call-log.repository.js';
import { CallWork } from './call-work.js';
import { dialAgainAfterMs } from './judge-dial.js';
import { RecordCallChange } from './record-call-change.js';

/** What the create request came to. Callbacks of the call may have been there first. */
@Injectable()
export class RecordDialResult {
  private readonly logger = new Logger(RecordDialResult.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWork,
    private readonly recordChange: RecordCallChange,
    private readonly carrier: VoiceCarrier,
    private readonly metrics: TelephonyMetrics,
    private readonly clock: Clock,
  ) {}

  async accepted(organization: OrganizationId, attemptId: string, carrierCallId: string): Promise<void> {
    const before = await this.change(organization, attemptId, (callLog, now) =>
      observe(callLog, { kind: 'create_accepted', carrierCallId }, now),
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

  async failed(organization: OrganizationId, attemptId: string, error: ProviderError): Promise<void> {
    if (error.effect === 'unknown') {
      this.metrics.attemptUnknown();
      await this.change(organization, attemptId, (callLog, now) => observe(callLog, { kind: 'create_timed_out' }, now));
    } else if (error.transient || error.code === 'unauthorized') {
      // Refused credentials are our operator's to mend, and no reason to lose the customer's call.
      await this.dialAgain(organization, attemptId, error);
    } else {
      await this.change(organization, attemptId, (callLog, now) =>
        giveUp(callLog, 'failed', now, error.vendorCode ?? error.code),
      );
    }
  }

  private async dialAgain(organization: OrganizationId, attemptId: string, error: ProviderError): Promise<void> {
    await this.transactions.run(
      async (tx) => {
        const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
        if (callLog.closedAt || callLog.call.state !== 'dialing') return;
        if (callLog.cancelRequestedAt) {
          const now = this.clock.now();
          await this.recordChange.execute(tx, callLog, giveUp(callLog, 'canceled', now), now);
          return;
        }
        const again = undoDialing(callLog);
        const afterMs = dialAgainAfterMs(again.fruitlessTries, error.retryAfterMs);
        const stored = await this.callLogs.apply(tx, { callLog: again, changed: true, events: [], effects: [] });
        await this.work.dial(tx, stored, new Date(this.clock.now().getTime() + afterMs));
      },
      { turn: attemptId },
    );
  }

  /** @returns the attempt as it was before */
  private async change(
    organization: OrganizationId,
    attemptId: string,
    step: (callLog: CallLog, now: Date) => CallChange,
  ): Promise<CallLog> {
    return this.transactions.run(
      async (tx) => {
        const before = await this.callLogs.loadCall(organization, attemptId, tx);
        const now = this.clock.now();
        await this.recordChange.execute(tx, before, step(before, now), now);
        return before;
      },
      { turn: attemptId },
    );
  }
}
