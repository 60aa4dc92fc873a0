import { Injectable } from '@nestjs/common';
import type { GetWebhookEndpointRequest, WebhookEndpoint } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { toWebhookEndpoint } from './to-webhook-endpoint.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';

/** Gets one endpoint of an organization, without its secret. */
@Injectable()
export class GetWebhookEndpoint {
  constructor(private readonly endpoints: WebhookEndpointRepository) {}

  /** @throws CodedError `not_found` */
  async execute(organizationId: OrganizationId, { endpointId }: GetWebhookEndpointRequest): Promise<WebhookEndpoint> {
    return toWebhookEndpoint(await this.endpoints.load(organizationId, endpointId));
  }
}
