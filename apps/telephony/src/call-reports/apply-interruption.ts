import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CallLogRepository, applyReport, RecordCallChange } from '../call-log/call-log.module.js';

/** Records that something other than the customer may have ended the call, such as a failed webhook. */
@Injectable()
export class ApplyInterruption {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly clock: Clock,
  ) {}

  async execute(attemptId: string): Promise<void> {
    await this.transactions.run(
      async (tx) => {
        const before = await this.callLogs.findInAnyOrganization(attemptId, tx);
        if (!before) return;
        const now = this.clock.now();
        await this.recordChange.execute(tx, before, applyReport(before, { kind: 'interrupted' }, now), now);
      },
      { queueKey: attemptId },
    );
  }
}
