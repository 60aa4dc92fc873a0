import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Clock } from '#libs/clock/clock.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { BeginWebhookTry, type WebhookTry } from './begin-webhook-try.js';
import { RecordWebhookTry } from './record-webhook-try.js';
import type { WebhookWork } from './schedule-webhook-try.js';
import { WebhookClient } from './webhook-client.js';

/**
 * Makes one try to send a webhook. Delivery is at least once: if the process is killed between sending and recording,
 * the work stays unfinished, and the webhook is sent again with the same `webhook-id`.
 */
@Injectable()
export class SendWebhook {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly beginTry: BeginWebhookTry,
    private readonly recordTry: RecordWebhookTry,
    private readonly client: WebhookClient,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<WebhookWork>): Promise<void> {
    const { organizationId, payload } = item;
    const webhookTry = await this.transactions.run(async (tx) => {
      const startedTry = await this.beginTry.execute(organizationId, payload.webhookId, tx);
      if (!startedTry) await item.complete(tx);
      return startedTry;
    });
    if (!webhookTry) return;
    const result = await this.client.post(toSignedRequest(webhookTry, this.clock.now()));
    await this.transactions.run(async (tx) => {
      const retryAt = await this.recordTry.execute(organizationId, webhookTry.delivery, result, tx);
      await (retryAt ? item.postpone(tx, retryAt) : item.complete(tx));
    });
  }
}

/** Builds the request of one try. Id and body never change; every valid secret signs them with the time of this try. */
function toSignedRequest({ delivery, url, secrets }: WebhookTry, now: Date) {
  const seconds = Math.floor(now.getTime() / 1000);
  const signatures = secrets.map((secret) =>
    new Webhook(secret).sign(delivery._id, new Date(seconds * 1000), delivery.body),
  );
  const headers = {
    'webhook-id': delivery._id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
  return { url, body: delivery.body, headers };
}
