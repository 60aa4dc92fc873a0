import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import {
  WebhookEndpointCreated,
  type WebhookEndpointInput,
  type WebhookEndpointWithSecret,
} from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { AddressPolicy } from '../addresses/addresses.module.js';
import { toWebhookEndpoint } from './to-webhook-endpoint.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';
import { newWebhookSecret, SecretBox } from './webhook-secret.js';
import { assertAllowedUrl } from './webhook-url.js';

/** Creates a partner's webhook endpoint. */
@Injectable()
export class CreateWebhookEndpoint {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly secrets: SecretBox,
    private readonly policy: AddressPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the endpoint with its secret, which is never returned again
   * @throws CodedError `address_not_allowed`
   */
  async execute(
    organizationId: OrganizationId,
    { url, types }: WebhookEndpointInput,
    tx: Transaction,
  ): Promise<WebhookEndpointWithSecret> {
    assertAllowedUrl(url, this.policy);
    const secret = newWebhookSecret();
    const now = this.clock.now();
    const fields = { _id: createId('whe'), url, ...(types === undefined ? {} : { types }), createdAt: now };
    const endpoint = toWebhookEndpoint({ ...fields, revision: 1 });
    const storedEndpoint = { ...fields, secret: this.secrets.seal(secret), previousSecrets: [] };
    await this.endpoints.create(tx, organizationId, storedEndpoint, [
      createAggregateEvent(WebhookEndpointCreated, endpoint, now),
    ]);
    return { ...endpoint, secret };
  }
}
