import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';
import type { TextCustomerWork } from './schedule-text.js';
import { TextCustomer } from './text-customer.js';

/** Requests texts that are due. */
@Injectable()
export class CustomerTextsWorker {
  constructor(
    private readonly textCustomer: TextCustomer,
    private readonly transactions: TransactionRunner,
  ) {}

  @WorkHandler(DELIVERY_QUEUE, 'text-customer')
  async onTextDue(item: WorkItem<TextCustomerWork>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.textCustomer.execute(item.organizationId, item.payload, tx);
      await item.complete(tx);
    });
  }
}
