import { Injectable } from '@nestjs/common';
import type { ListWebhookEndpointsRequest, WebhookEndpointPage } from '#libs/contracts/index.js';
import { decodeCursor, toPage, type OrganizationId } from '#libs/persistence/index.js';
import { toWebhookEndpoint } from './to-webhook-endpoint.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';

const ENDPOINT_ID = /^whe_[0-9a-f]{24}$/;

/** Lists the endpoints of an organization, newest first, without their secrets. */
@Injectable()
export class ListWebhookEndpoints {
  constructor(private readonly endpoints: WebhookEndpointRepository) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor }: ListWebhookEndpointsRequest,
  ): Promise<WebhookEndpointPage> {
    const before = decodeCursor(cursor, ENDPOINT_ID);
    const documents = await this.endpoints.listBefore(organizationId, before, limit + 1);
    return toPage(documents, limit, (document) => document._id, toWebhookEndpoint);
  }
}
