import { Injectable } from '@nestjs/common';
import {
  CodedError,
  createNotFoundError,
  WebhookReplayed,
  type ReplayWebhookRequest,
  type WebhookDelivery,
} from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleWebhookTry } from './schedule-webhook-try.js';
import { toReplayedSequence } from './settle-webhook.js';
import { toWebhookDelivery } from './to-webhook-delivery.js';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.js';
import { WebhookEndpointRepository } from '../webhook-endpoints/webhook-endpoints.module.js';

/**
 * Sends a settled webhook again, with the same id, so that a partner can recognize a duplicate. It is queued while
 * another webhook to the same endpoint about the same delivery is being sent.
 */
@Injectable()
export class ReplayWebhook {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly scheduleTry: ScheduleWebhookTry,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `endpoint_disabled`, `webhook_not_settled`, `conflict` */
  async execute(
    organizationId: OrganizationId,
    { endpointId, webhookId }: ReplayWebhookRequest,
    tx: Transaction,
  ): Promise<WebhookDelivery> {
    const endpoint = await this.endpoints.load(organizationId, endpointId, tx);
    const delivery = await this.deliveries.findById(organizationId, webhookId, tx);
    if (delivery?.endpointId !== endpointId) throw createNotFoundError('webhook', webhookId);
    if (endpoint.disabledAt) {
      throw new CodedError('endpoint_disabled', 'This endpoint is disabled. Enable it, then replay the webhook.');
    }
    if (delivery.state === 'queued' || delivery.state === 'pending') {
      throw new CodedError('webhook_not_settled', 'This webhook is still being sent. Replay it once it is settled.');
    }
    const now = this.clock.now();
    const mustWait = await this.deliveries.queueBehindHead(organizationId, delivery, tx);
    const reopenedDelivery = await this.deliveries.reopen(
      organizationId,
      delivery,
      mustWait ? 'queued' : 'pending',
      tx,
    );
    tx.emit({
      contract: WebhookReplayed,
      organizationId,
      aggregateId: webhookId,
      sequence: toReplayedSequence(reopenedDelivery.replays),
      payload: { webhookId, endpointId },
      occurredAt: now,
    });
    if (!mustWait) await this.scheduleTry.execute(organizationId, reopenedDelivery, now, tx);
    return toWebhookDelivery(reopenedDelivery);
  }
}
