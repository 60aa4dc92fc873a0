import { Injectable } from '@nestjs/common';
import {
  WebhookEndpointChanged,
  type ChangeWebhookEndpointRequest,
  type WebhookEndpoint,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { WebhookEndpointDocument } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';
import { Clock } from '#libs/clock/clock.js';
import { AddressPolicy } from '../addresses/addresses.module.js';
import { toWebhookEndpoint } from './to-webhook-endpoint.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';
import { assertAllowedUrl } from './webhook-url.js';

/** Changes the URL, the event types or the state of a webhook endpoint. */
@Injectable()
export class ChangeWebhookEndpoint {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly policy: AddressPolicy,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `revision_mismatch`, `address_not_allowed` */
  async execute(
    organizationId: OrganizationId,
    request: ChangeWebhookEndpointRequest,
    tx: Transaction,
  ): Promise<WebhookEndpoint> {
    const { endpointId, expectedRevision } = request;
    if (request.url !== undefined) assertAllowedUrl(request.url, this.policy);
    const endpoint = await this.endpoints.loadAt(organizationId, endpointId, expectedRevision, tx);
    const now = this.clock.now();
    const changedEndpoint = applyChanges(endpoint, request, now);
    const payload = toWebhookEndpoint({ ...changedEndpoint, revision: endpoint.revision + 1 });
    await this.endpoints.save(tx, organizationId, changedEndpoint, [
      createAggregateEvent(WebhookEndpointChanged, payload, now),
    ]);
    return payload;
  }
}

/** `types: null` subscribes to every event type. Disabling an endpoint twice keeps the time of the first disabling. */
function applyChanges(
  endpoint: WebhookEndpointDocument,
  { url, types, enabled }: ChangeWebhookEndpointRequest,
  now: Date,
): WebhookEndpointDocument {
  const { disabledAt, types: previousTypes, ...unchangedFields } = endpoint;
  const changedTypes = types === undefined ? previousTypes : (types ?? undefined);
  const changedDisabledAt = enabled === undefined ? disabledAt : enabled ? undefined : (disabledAt ?? now);
  return {
    ...unchangedFields,
    url: url ?? endpoint.url,
    ...(changedTypes === undefined ? {} : { types: changedTypes }),
    ...(changedDisabledAt === undefined ? {} : { disabledAt: changedDisabledAt }),
  };
}
