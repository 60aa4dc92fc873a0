import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { CallStatusEvent } from '#libs/ports/voice-carrier.js';
import { CallLogRepository, applyReport, RecordCallChange } from '../call-log/call-log.module.js';

/** Applies a status callback of the carrier. */
@Injectable()
export class ApplyCallStatus {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly clock: Clock,
  ) {}

  /** @returns false if the attempt is unknown */
  async execute(attemptId: string, event: CallStatusEvent): Promise<boolean> {
    const { vendorErrorCode, occurredAt, ...fields } = event;
    return this.transactions.run(
      async (tx) => {
        const before = await this.callLogs.findInAnyOrganization(attemptId, tx);
        if (!before) return false;
        const now = this.clock.now();
        const callLog = vendorErrorCode === undefined ? before : { ...before, carrierErrorCode: vendorErrorCode };
        const isFaulty = vendorErrorCode !== undefined;
        const report = { ...fields, kind: 'carrier_status', occurredAt: occurredAt ?? now, isFaulty } as const;
        await this.recordChange.execute(tx, before, applyReport(callLog, report, now), now);
        return true;
      },
      { queueKey: attemptId },
    );
  }
}
