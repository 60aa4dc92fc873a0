import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { WebhookDeliveryDocument } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { NOTIFICATION_QUEUE } from '../config/config.module.js';

/** The kind of work in the app's queue that sends webhooks. */
export const WEBHOOK_WORK = 'webhook';

/** The payload of work that sends a webhook. */
export interface WebhookWork {
  readonly webhookId: string;
}

/** Schedules the first try of a webhook. Retries postpone the same work item; a replay gets its own. */
@Injectable()
export class ScheduleWebhookTry {
  constructor(private readonly workQueue: WorkQueue) {}

  async execute(
    organizationId: OrganizationId,
    { _id: webhookId, replays }: Pick<WebhookDeliveryDocument, '_id' | 'replays'>,
    dueAt: Date,
    tx: Transaction,
  ): Promise<void> {
    const payload: WebhookWork = { webhookId };
    await this.workQueue.schedule(tx, {
      queue: NOTIFICATION_QUEUE,
      kind: WEBHOOK_WORK,
      key: replays === 0 ? webhookId : `${webhookId}.${replays}`,
      dueAt,
      payload,
      organizationId,
    });
  }
}
