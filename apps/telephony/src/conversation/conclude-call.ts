import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ReaderModelSource } from '#libs/ports/reader-model-source.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { concludeBrokenOffCall } from './conclude-broken-off-call.js';
import { type AttemptWork, CallLogRepository, RecordCallChange } from '../call-log/call-log.module.js';

/** Completes a call that ended before its conversation did, with the decisions made by then. */
@Injectable()
export class ConcludeCall {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly readerModel: ReaderModelSource,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    await this.transactions.run(
      async (tx) => {
        await item.complete(tx);
        const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
        const now = this.clock.now();
        await this.recordChange.execute(
          tx,
          callLog,
          concludeBrokenOffCall(callLog, now, () => this.readerModel.load()),
          now,
        );
      },
      { queueKey: attemptId },
    );
  }
}
