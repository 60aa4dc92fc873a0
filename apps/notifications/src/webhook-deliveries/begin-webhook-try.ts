import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { WebhookDeliveryDocument } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';
import { SettleWebhook } from './settle-webhook.js';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.js';
import { SecretBox, WebhookEndpointRepository } from '../webhook-endpoints/webhook-endpoints.module.js';

/** The data that one try to send a webhook needs. */
export interface WebhookTry {
  readonly delivery: WebhookDeliveryDocument;
  readonly url: string;
  /** Newest first. Each of them signs the request. */
  readonly secrets: readonly string[];
}

/** Records that a try begins, before anything is sent. */
@Injectable()
export class BeginWebhookTry {
  constructor(
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly settleWebhook: SettleWebhook,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns `null` if the webhook is settled already, or is settled here because its endpoint is deleted or disabled
   */
  async execute(organizationId: OrganizationId, webhookId: string, tx: Transaction): Promise<WebhookTry | null> {
    const storedDelivery = await this.deliveries.findById(organizationId, webhookId, tx);
    if (storedDelivery?.state !== 'pending') return null;
    const endpoint = await this.endpoints.findById(organizationId, storedDelivery.endpointId, tx);
    if (!endpoint || endpoint.disabledAt) {
      await this.settleWebhook.execute(organizationId, webhookId, 'endpoint_gone', {}, tx);
      return null;
    }
    const delivery = await this.deliveries.beginTry(organizationId, webhookId, tx);
    if (!delivery) return null;
    const now = this.clock.now();
    const previousSecrets = endpoint.previousSecrets.filter(({ until }) => until > now).map(({ secret }) => secret);
    const secrets = [endpoint.secret, ...previousSecrets].map((secret) => this.secretBox.open(secret));
    return { delivery, url: endpoint.url, secrets };
  }
}
