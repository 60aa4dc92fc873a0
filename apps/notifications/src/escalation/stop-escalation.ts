import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/persistence/index.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { NOTIFICATION_QUEUE } from '../config/config.module.js';
import { stepKey, WORK_KINDS } from './work-kinds.js';

/** Cancels the steps that wait. One that runs at this moment sees for itself that the escalation stopped. */
@Injectable()
export class StopEscalation {
  constructor(private readonly workQueue: WorkQueue) {}

  async execute(messageId: string, tx: Transaction): Promise<void> {
    for (const kind of [WORK_KINDS.push, WORK_KINDS.sms]) {
      await this.workQueue.cancel(tx, { queue: NOTIFICATION_QUEUE, key: stepKey(messageId, kind) });
    }
  }
}
