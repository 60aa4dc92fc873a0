import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { NOTIFICATION_QUEUE } from '../config/config.module.js';
import { WEBHOOK_WORK, type WebhookWork } from './schedule-webhook-try.js';
import { SendWebhook } from './send-webhook.js';

/** Sends webhooks when they are due. */
@Injectable()
export class WebhookDeliveriesWorker {
  constructor(private readonly sendWebhook: SendWebhook) {}

  @WorkHandler(NOTIFICATION_QUEUE, WEBHOOK_WORK)
  send(item: WorkItem<WebhookWork>): Promise<void> {
    return this.sendWebhook.execute(item);
  }
}
