import { Injectable } from '@nestjs/common';
import {
  WebhookEndpointChanged,
  type ChangeWebhookEndpointRequest,
  type WebhookEndpoint,
} from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { WebhookEndpointDocument } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';
import { Clock } from '#libs/clock/clock.js';
import { AddressPolicy } from '../addresses/addresses.module.js';
import { toWebhookEndpoint } from './to-webhook-endpoint.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';
import { refuseForbiddenUrl } from './webhook-url.js';

/** Changes where, of what and whether a partner is told. */
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
    if (request.url !== undefined) refuseForbiddenUrl(request.url, this.policy);
    const endpoint = await this.endpoints.loadAt(organizationId, endpointId, expectedRevision, tx);
    const now = this.clock.now();
    const changed = applyChanges(endpoint, request, now);
    const told = toWebhookEndpoint({ ...changed, revision: endpoint.revision + 1 });
    await this.endpoints.save(tx, organizationId, changed, [aggregateEvent(WebhookEndpointChanged, told, now)]);
    return told;
  }
}

/** Switching off what is off already keeps the time since when it is. */
function applyChanges(
  endpoint: WebhookEndpointDocument,
  { url, types, enabled }: ChangeWebhookEndpointRequest,
  now: Date,
): WebhookEndpointDocument {
  const { disabledAt, types: typesBefore, ...rest } = endpoint;
  const wanted = types === undefined ? typesBefore : (types ?? undefined);
  const off = enabled === undefined ? disabledAt : enabled ? undefined : (disabledAt ?? now);
  return {
    ...rest,
    url: url ?? endpoint.url,
    ...(wanted === undefined ? {} : { types: wanted }),
    ...(off === undefined ? {} : { disabledAt: off }),
  };
}
