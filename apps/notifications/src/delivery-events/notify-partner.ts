import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { EventEnvelope } from '#libs/contracts/index.js';
import { createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import {
  ScheduleWebhookTry,
  WebhookDeliveryRepository,
  toWebhookId,
} from '../webhook-deliveries/webhook-deliveries.module.js';
import { WebhookEndpointRepository } from '../webhook-endpoints/webhook-endpoints.module.js';
import type { EventWebhook } from './partner-webhook.mapper.js';

/** Stores one webhook delivery per subscribed endpoint in the event's transaction, so that none is lost. */
@Injectable()
export class NotifyPartner {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly webhookDeliveries: WebhookDeliveryRepository,
    private readonly scheduleTry: ScheduleWebhookTry,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    event: EventEnvelope,
    { webhook, deliveryId }: EventWebhook,
    tx: Transaction,
  ): Promise<void> {
    const now = this.clock.now();
    for (const endpoint of await this.endpoints.listSubscribed(organizationId, webhook.type, tx)) {
      const id = toWebhookId(event.id, endpoint._id);
      const lane = { endpointId: endpoint._id, orderKey: event.aggregateId };
      // Webhooks to one endpoint about one delivery or customer form a lane and are sent in order: only the head is
      // pending, the others are queued behind it.
      const mustWait = await this.webhookDeliveries.queueBehindHead(organizationId, lane, tx);
      const webhookDelivery = {
        _id: id,
        ...lane,
        logId: createId('whl'),
        sequence: event.sequence,
        type: webhook.type,
        ...(deliveryId === undefined ? {} : { deliveryId }),
        body: JSON.stringify(webhook),
        state: mustWait ? ('queued' as const) : ('pending' as const),
        tries: 0,
        replays: 0,
        followers: 0,
        createdAt: now,
      };
      await this.webhookDeliveries.insert(organizationId, webhookDelivery, tx);
      if (!mustWait) await this.scheduleTry.execute(organizationId, webhookDelivery, now, tx);
    }
  }
}
