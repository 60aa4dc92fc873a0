import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';
import type { AnalysisTimeoutWork } from './schedule-analysis-timeout.js';
import type { ConfirmationTimeoutWork } from '../customer-texts/customer-texts.module.js';
import { RecordContactFact } from './record-contact-fact.js';

/**
 * Continues deliveries whose recordings take too long to analyze, or whose customers do not answer an ask-back.
 * Instructions and answers that arrive later are still applied.
 */
@Injectable()
export class CallResultsWorker {
  constructor(
    private readonly recordFact: RecordContactFact,
    private readonly transactions: TransactionRunner,
  ) {}

  @WorkHandler(DELIVERY_QUEUE, 'understanding-overdue')
  async onAnalysisOverdue(item: WorkItem<AnalysisTimeoutWork>): Promise<void> {
    const { deliveryId, attemptId } = item.payload;
    await this.transactions.run(async (tx) => {
      await this.recordFact.execute(item.organizationId, deliveryId, { kind: 'recording_unreadable', attemptId }, tx);
      await item.complete(tx);
    });
  }
  @WorkHandler(DELIVERY_QUEUE, 'confirmation-overdue')
  async onConfirmationOverdue(item: WorkItem<ConfirmationTimeoutWork>): Promise<void> {
    const { deliveryId, messageId } = item.payload;
    await this.transactions.run(async (tx) => {
      await this.recordFact.execute(item.organizationId, deliveryId, { kind: 'ask_back_unanswered', messageId }, tx);
      await item.complete(tx);
    });
  }
}
