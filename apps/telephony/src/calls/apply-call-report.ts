import { Injectable } from '@nestjs/common';
import type { CallEvent } from '#libs/domain/call-lifecycle/index.js';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { AmdEvent, CallStatusEvent } from '#libs/ports/voice-carrier.js';
import { observe, type CallLog } from './call-log.js';
import { CallLogRepository } from './call-log.repository.js';
import { CallWork } from './call-work.js';
import { RecordCallChange } from './record-call-change.js';

/** Applies what the carrier's callbacks say about a call. Each answers false for an attempt nobody knows. */
@Injectable()
export class ApplyCallReport {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly work: CallWork,
    private readonly clock: Clock,
  ) {}

  async status(attemptId: string, event: CallStatusEvent): Promise<boolean> {
    const { vendorErrorCode, occurredAt, ...said } = event;
    return this.apply(attemptId, (callLog, now) => ({
      callLog: vendorErrorCode === undefined ? callLog : { ...callLog, carrierErrorCode: vendorErrorCode },
      report: {
        ...{ ...said, kind: 'carrier_status', occurredAt: occurredAt ?? now },
        isFaulty: vendorErrorCode !== undefined,
      },
    }));
  }

  /** Something other than the customer may have ended the call, such as a webhook of ours that failed. */
  async interrupted(attemptId: string): Promise<boolean> {
    return this.apply(attemptId, (callLog) => ({ callLog, report: { kind: 'interrupted' } }));
  }

  /** Who picked up. An answering machine that listens by now is spoken to, by its own work item. */
  async answeringMachine(attemptId: string, event: AmdEvent): Promise<boolean> {
    const { answeredBy, readyForMessage } = event;
    return this.apply(
      attemptId,
      (callLog) => ({ callLog, report: { kind: 'answered_by', answeredBy } }),
      async (tx, callLog, now) => {
        const listens = answeredBy === 'machine' && readyForMessage && !callLog.closedAt;
        if (listens) await this.work.speakToMachine(tx, callLog, now);
      },
    );
  }

  private async apply(
    attemptId: string,
    read: (callLog: CallLog, now: Date) => { callLog: CallLog; report: CallEvent },
    afterwards?: (tx: Transaction, callLog: CallLog, now: Date) => Promise<void>,
  ): Promise<boolean> {
    return this.transactions.run(
      async (tx) => {
        const before = await this.callLogs.findOfAnyOrganization(attemptId, tx);
        if (!before) return false;
        const now = this.clock.now();
        const { callLog, report } = read(before, now);
        const after = await this.recordChange.execute(tx, before, observe(callLog, report, now), now);
        await afterwards?.(tx, after, now);
        return true;
      },
      { turn: attemptId },
    );
  }
}
