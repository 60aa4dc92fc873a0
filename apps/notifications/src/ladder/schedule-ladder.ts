import { Inject, Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { NOTIFICATION_QUEUE, WORK_KINDS } from '../work-kinds.js';
import { planLadder, type LadderDelays } from './ladder.js';

export const LADDER_DELAYS = Symbol('LADDER_DELAYS');

/** What a step of the ladder is about. */
export interface LadderWork {
  readonly messageId: string;
}

export interface PushWork extends LadderWork {
  /** ISO 8601; from then on the SMS takes over and a failed push is not tried again. */
  readonly smsAt: string;
}

/** Makes the louder steps of a message due, and takes them back. */
@Injectable()
export class ScheduleLadder {
  constructor(
    private readonly workQueue: WorkQueue,
    @Inject(LADDER_DELAYS) private readonly delays: LadderDelays,
  ) {}

  async execute(organizationId: OrganizationId, messageId: string, createdAt: Date, tx: Transaction): Promise<void> {
    const { pushAt, smsAt } = planLadder(createdAt, this.delays);
    const push: PushWork = { messageId, smsAt: smsAt.toISOString() };
    const sms: LadderWork = { messageId };
    await this.workQueue.schedule(tx, { ...stepOf(messageId, 'push'), dueAt: pushAt, payload: push, organizationId });
    await this.workQueue.schedule(tx, { ...stepOf(messageId, 'sms'), dueAt: smsAt, payload: sms, organizationId });
  }

  /** Takes back the steps that wait. One that runs at this moment judges for itself that the ladder stopped. */
  async stop(messageId: string, tx: Transaction): Promise<void> {
    await this.workQueue.cancel(tx, stepOf(messageId, 'push'));
    await this.workQueue.cancel(tx, stepOf(messageId, 'sms'));
  }
}

function stepOf(messageId: string, kind: 'push' | 'sms') {
  return { queue: NOTIFICATION_QUEUE, kind: WORK_KINDS[kind], key: `${messageId}.${kind}` };
}
