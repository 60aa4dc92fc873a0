import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';
import type { RequestCallWork } from '../call-planning/call-planning.module.js';
import { RequestCall } from './request-call.js';

/** Requests planned calls that are due. */
@Injectable()
export class CallAttemptsWorker {
  constructor(
    private readonly requestCall: RequestCall,
    private readonly transactions: TransactionRunner,
  ) {}

  @WorkHandler(DELIVERY_QUEUE, 'request-call')
  async onCallDue(item: WorkItem<RequestCallWork>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.requestCall.execute(item.organizationId, item.payload, tx);
      await item.complete(tx);
    });
  }
}
