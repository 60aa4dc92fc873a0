import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { WebhookDeliveryDocument } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';
import { judgePostResult, RetryPolicy, type PostResult } from './retry-schedule.js';
import { SettleWebhook } from './settle-webhook.js';
import { WebhookDeliveryRepository, type TryResult } from './webhook-delivery.repository.js';
import { WebhookEndpointRepository } from '../webhook-endpoints/webhook-endpoints.module.js';

/** Records the result of a try: settles the webhook or schedules a retry. A 410 response also disables the endpoint. */
@Injectable()
export class RecordWebhookTry {
  constructor(
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly settleWebhook: SettleWebhook,
    private readonly retryPolicy: RetryPolicy,
    private readonly clock: Clock,
  ) {}

  /** @returns the time of the next try; `undefined` if the webhook is settled */
  async execute(
    organizationId: OrganizationId,
    { _id: webhookId, endpointId, tries }: WebhookDeliveryDocument,
    postResult: PostResult,
    tx: Transaction,
  ): Promise<Date | undefined> {
    const now = this.clock.now();
    const verdict = judgePostResult(postResult, tries, this.retryPolicy.schedule, now, this.retryPolicy.random());
    const result: TryResult =
      postResult.kind === 'responded' ? { status: postResult.status } : { error: postResult.reason };
    if (verdict.kind === 'retry') {
      await this.deliveries.scheduleRetry(organizationId, webhookId, verdict.at, result, tx);
      return verdict.at;
    }
    if (verdict.kind === 'endpoint_gone') await this.endpoints.disable(organizationId, endpointId, now, tx);
    await this.settleWebhook.execute(organizationId, webhookId, verdict.kind, result, tx);
    return undefined;
  }
}
