import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { CodedError, type WebhookEndpoint, type WebhookEndpointInput } from '#libs/contracts/index.js';
import { newId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { ADDRESS_POLICY, urlProblem, type AddressPolicy } from '../addresses/address-policy.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';
import { newWebhookSecret } from './webhook-secret.js';

/** Adds a partner's endpoint. */
@Injectable()
export class CreateWebhookEndpointUseCase {
  constructor(
    @Inject(WebhookEndpointRepository) private readonly endpoints: WebhookEndpointRepository,
    @Inject(ADDRESS_POLICY) private readonly policy: AddressPolicy,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * @returns the endpoint with its secret, which is told this once
   * @throws CodedError `address_not_allowed`. Names are not resolved here but at each sending, when it counts.
   */
  async execute(
    organizationId: OrganizationId,
    { url }: WebhookEndpointInput,
    tx: Transaction,
  ): Promise<WebhookEndpoint> {
    const problem = urlProblem(url, this.policy);
    if (problem !== undefined) {
      throw new CodedError('address_not_allowed', `This URL cannot be a webhook endpoint: ${problem}.`);
    }
    const endpointId = newId('whe');
    const secret = newWebhookSecret();
    await this.endpoints.insert(organizationId, { _id: endpointId, url, secret, createdAt: this.clock.now() }, tx);
    return { endpointId, url, secret };
  }
}
