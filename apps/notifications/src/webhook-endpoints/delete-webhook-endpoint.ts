import { Injectable } from '@nestjs/common';
import {
  WebhookEndpointDeleted,
  type DeleteWebhookEndpointRequest,
  type WebhookEndpointDeletedPayload,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';

/** Deletes an endpoint. Its unsent webhooks are settled as `endpoint_gone` when they are due. */
@Injectable()
export class DeleteWebhookEndpoint {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `revision_mismatch` */
  async execute(
    organizationId: OrganizationId,
    { endpointId, expectedRevision }: DeleteWebhookEndpointRequest,
    tx: Transaction,
  ): Promise<WebhookEndpointDeletedPayload> {
    const endpoint = await this.endpoints.loadAt(organizationId, endpointId, expectedRevision, tx);
    const event = createAggregateEvent(WebhookEndpointDeleted, { endpointId }, this.clock.now());
    await this.endpoints.remove(tx, organizationId, endpoint, event);
    return { endpointId };
  }
}
