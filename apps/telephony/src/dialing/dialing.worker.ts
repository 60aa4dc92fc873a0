import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem, type WorkLease } from '#libs/work-queue/index.js';
import type { AttemptWork } from '../call-log/call-log.module.js';
import { DIAL_QUEUE } from '../config/config.module.js';
import { DialCustomer } from './dial-customer.js';

/** Dials customers when their attempts are due. */
@Injectable()
export class DialingWorker {
  constructor(private readonly dialCustomer: DialCustomer) {}

  @WorkHandler(DIAL_QUEUE, 'dial-customer')
  onDialCustomer(item: WorkItem<AttemptWork>, lease: WorkLease): Promise<{ retryAt: Date } | undefined> {
    return this.dialCustomer.execute(item, lease);
  }
}
