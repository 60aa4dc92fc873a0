import { Injectable } from '@nestjs/common';
import { TransactionRunner, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { ProviderError } from '#libs/ports/errors.js';
import {
  type CallLog,
  CallLogRepository,
  CallMetrics,
  CallWorkSchedule,
  closeWithoutReport,
  applyReport,
  RecordCallChange,
  undoDialing,
} from '../call-log/call-log.module.js';
import { toRetryDelayMs } from '../carrier/carrier.module.js';

/**
 * Records a failed create request: its effect is unknown, it certainly created no call and is retried, or the carrier
 * rejected the call. Callbacks of the call may have arrived already.
 */
@Injectable()
export class RecordFailedDial {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWorkSchedule,
    private readonly recordChange: RecordCallChange,
    private readonly metrics: CallMetrics,
    private readonly clock: Clock,
  ) {}

  async execute(organization: OrganizationId, attemptId: string, error: ProviderError): Promise<void> {
    if (error.effect === 'unknown') this.metrics.recordUnknownAttempt();
    await this.transactions.run(
      async (tx) => {
        const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
        const now = this.clock.now();
        if (error.effect === 'unknown') {
          await this.recordChange.execute(tx, callLog, applyReport(callLog, { kind: 'create_timed_out' }, now), now);
        } else if (error.transient || error.code === 'unauthorized') {
          // An operator must fix rejected credentials. Until then the attempt stays open and is dialed again.
          await this.dialAgain(tx, callLog, error, now);
        } else {
          const change = closeWithoutReport(callLog, 'failed', now, error.vendorCode ?? error.code);
          await this.recordChange.execute(tx, callLog, change, now);
        }
      },
      { queueKey: attemptId },
    );
  }

  private async dialAgain(tx: Transaction, callLog: CallLog, error: ProviderError, now: Date): Promise<void> {
    if (callLog.closedAt || callLog.call.state !== 'dialing') return;
    if (callLog.cancelRequestedAt) {
      await this.recordChange.execute(tx, callLog, closeWithoutReport(callLog, 'canceled', now), now);
      return;
    }
    const resetCallLog = undoDialing(callLog);
    const delayMs = toRetryDelayMs(resetCallLog.fruitlessTries, error.retryAfterMs);
    const savedCallLog = await this.callLogs.apply(tx, {
      callLog: resetCallLog,
      changed: true,
      events: [],
      effects: [],
    });
    await this.work.dial(tx, savedCallLog, new Date(now.getTime() + delayMs));
  }
}
