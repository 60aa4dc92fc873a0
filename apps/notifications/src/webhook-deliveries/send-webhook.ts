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
 * Makes one try of one webhook. A process killed between sending and recording leaves the work unfinished, so it is sent
 * again with the same `webhook-id`: possibly twice, never not at all.
 */
@Injectable()
export class SendWebhook {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly begin: BeginWebhookTry,
    private readonly record: RecordWebhookTry,
    private readonly client: WebhookClient,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<WebhookWork>): Promise<void> {
    const { organizationId, payload } = item;
    const attempt = await this.transactions.run(async (tx) => {
      const begun = await this.begin.execute(organizationId, payload.webhookId, tx);
      if (!begun) await item.complete(tx);
      return begun;
    });
    if (!attempt) return;
    const result = await this.client.post(signed(attempt, this.clock.now()));
    await this.transactions.run(async (tx) => {
      const again = await this.record.execute(organizationId, attempt.delivery, result, tx);
      await (again ? item.postpone(tx, again) : item.complete(tx));
    });
  }
}

/** The request of one try: same id and body each time, signed with the time of this one and by every secret in use. */
function signed({ delivery, url, secrets }: WebhookTry, now: Date) {
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
