import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/persistence/index.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { NOTIFICATION_QUEUE } from '../config/config.module.js';
import { toStepKey, WORK_KINDS } from './work-kinds.js';

/**
 * Cancels the pending steps of a message. A step that is running checks by itself whether the escalation has stopped.
 */
@Injectable()
export class StopEscalation {
  constructor(private readonly workQueue: WorkQueue) {}

  async execute(messageId: string, tx: Transaction): Promise<void> {
    for (const kind of [WORK_KINDS.push, WORK_KINDS.sms]) {
      await this.workQueue.cancel(tx, { queue: NOTIFICATION_QUEUE, key: toStepKey(messageId, kind) });
    }
  }
}
