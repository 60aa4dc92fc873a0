import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { AmdEvent } from '#libs/ports/voice-carrier.js';
import { CallLogRepository, CallWorkSchedule, applyReport, RecordCallChange } from '../call-log/call-log.module.js';

/**
 * Applies the result of answering machine detection. If the machine is ready for a message, schedules the work item
 * that leaves one.
 */
@Injectable()
export class ApplyAnsweredBy {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly work: CallWorkSchedule,
    private readonly clock: Clock,
  ) {}

  /** @returns false if the attempt is unknown */
  async execute(attemptId: string, { answeredBy, readyForMessage }: AmdEvent): Promise<boolean> {
    return this.transactions.run(
      async (tx) => {
        const before = await this.callLogs.findInAnyOrganization(attemptId, tx);
        if (!before) return false;
        const now = this.clock.now();
        const change = applyReport(before, { kind: 'answered_by', answeredBy }, now);
        const after = await this.recordChange.execute(tx, before, change, now);
        const canLeaveMessage = answeredBy === 'machine' && readyForMessage && !after.closedAt;
        if (canLeaveMessage) await this.work.leaveVoicemail(tx, after, now);
        return true;
      },
      { queueKey: attemptId },
    );
  }
}
