import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { NOTIFICATION_QUEUE } from '../config/config.module.js';
import { EscalationDelays, planEscalation } from './escalation.js';
import { toStepKey, WORK_KINDS, type EscalationWork, type PushWork } from './work-kinds.js';

/** Schedules the push and the SMS of a message. */
@Injectable()
export class ScheduleEscalation {
  constructor(
    private readonly workQueue: WorkQueue,
    private readonly delays: EscalationDelays,
  ) {}

  async execute(organizationId: OrganizationId, messageId: string, createdAt: Date, tx: Transaction): Promise<void> {
    const { pushAt, smsAt } = planEscalation(createdAt, this.delays);
    const push: PushWork = { messageId, smsAt: smsAt.toISOString() };
    const sms: EscalationWork = { messageId };
    await this.workQueue.schedule(tx, {
      queue: NOTIFICATION_QUEUE,
      kind: WORK_KINDS.push,
      key: toStepKey(messageId, 'push'),
      dueAt: pushAt,
      payload: push,
      organizationId,
    });
    await this.workQueue.schedule(tx, {
      queue: NOTIFICATION_QUEUE,
      kind: WORK_KINDS.sms,
      key: toStepKey(messageId, 'sms'),
      dueAt: smsAt,
      payload: sms,
      organizationId,
    });
  }
}
