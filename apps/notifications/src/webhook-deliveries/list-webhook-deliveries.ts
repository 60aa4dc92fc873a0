import { Injectable } from '@nestjs/common';
import type { ListWebhookDeliveriesRequest, WebhookDeliveryPage } from '#libs/contracts/index.js';
import { decodeCursor, toPage, type OrganizationId } from '#libs/persistence/index.js';
import { toWebhookDelivery } from './to-webhook-delivery.js';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.js';
import { WebhookEndpointRepository } from '../webhook-endpoints/webhook-endpoints.module.js';

/** The `logId` of a webhook delivery. */
const CURSOR_PATTERN = /^whl_[0-9a-f]{24}$/;

/** Lists the webhooks sent to one endpoint, newest first. */
@Injectable()
export class ListWebhookDeliveries {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
  ) {}

  /** @throws CodedError `not_found` if the endpoint does not exist */
  async execute(
    organizationId: OrganizationId,
    { endpointId, limit, cursor }: ListWebhookDeliveriesRequest,
  ): Promise<WebhookDeliveryPage> {
    const before = decodeCursor(cursor, CURSOR_PATTERN);
    await this.endpoints.load(organizationId, endpointId);
    const documents = await this.deliveries.listBefore(organizationId, endpointId, before, limit + 1);
    return toPage(documents, limit, (document) => document.logId, toWebhookDelivery);
  }
}
