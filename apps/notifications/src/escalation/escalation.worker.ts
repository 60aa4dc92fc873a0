import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { NOTIFICATION_QUEUE } from '../config/config.module.js';
import { PushMessage } from './push-message.js';
import { RequestSms } from './request-sms.js';
import { WORK_KINDS, type EscalationWork, type PushWork } from './work-kinds.js';

/** Runs the steps of an escalation when they are due. */
@Injectable()
export class EscalationWorker {
  constructor(
    private readonly pushMessage: PushMessage,
    private readonly requestSms: RequestSms,
  ) {}

  @WorkHandler(NOTIFICATION_QUEUE, WORK_KINDS.push)
  push(item: WorkItem<PushWork>): Promise<void> {
    return this.pushMessage.execute(item);
  }

  @WorkHandler(NOTIFICATION_QUEUE, WORK_KINDS.sms)
  sms(item: WorkItem<EscalationWork>): Promise<void> {
    return this.requestSms.execute(item);
  }
}
