import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { CALL_QUEUE } from '../config/config.module.js';
import { ReconcileSms } from './reconcile-sms.js';
import { SendSms } from './send-sms.js';
import type { MessageWork } from './message-work-schedule.js';

/** Sends text messages, and reconciles those without a response. */
@Injectable()
export class MessagesWorker {
  constructor(
    private readonly sendSms: SendSms,
    private readonly reconcileSms: ReconcileSms,
  ) {}

  @WorkHandler(CALL_QUEUE, 'send-sms')
  onSendSms(item: WorkItem<MessageWork>): Promise<void> {
    return this.sendSms.execute(item);
  }

  @WorkHandler(CALL_QUEUE, 'reconcile-sms')
  onReconcileSms(item: WorkItem<MessageWork>): Promise<void> {
    return this.reconcileSms.execute(item);
  }
}
