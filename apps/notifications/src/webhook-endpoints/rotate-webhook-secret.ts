import { Injectable } from '@nestjs/common';
import {
  CodedError,
  WebhookSecretRotated,
  type RotateWebhookSecretRequest,
  type WebhookEndpointWithSecret,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { toWebhookEndpoint } from './to-webhook-endpoint.js';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.js';
import { newWebhookSecret, SecretBox } from './webhook-secret.js';

const DEFAULT_OVERLAP_HOURS = 24;
const HOUR_MS = 3_600_000;
/** Limited, because each previous secret adds a signature to every webhook. */
const MAX_PREVIOUS_SECRETS = 4;

/**
 * Replaces an endpoint's signing secret. The previous secret also signs for `overlapHours`, so that the partner can
 * switch without rejecting webhooks.
 */
@Injectable()
export class RotateWebhookSecret {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, `revision_mismatch`, `rotated_too_often` */
  async execute(
    organizationId: OrganizationId,
    { endpointId, overlapHours, expectedRevision }: RotateWebhookSecretRequest,
    tx: Transaction,
  ): Promise<WebhookEndpointWithSecret> {
    const endpoint = await this.endpoints.loadAt(organizationId, endpointId, expectedRevision, tx);
    const now = this.clock.now();
    const overlapEnd = new Date(now.getTime() + (overlapHours ?? DEFAULT_OVERLAP_HOURS) * HOUR_MS);
    const previousSecrets = [{ secret: endpoint.secret, until: overlapEnd }, ...endpoint.previousSecrets].filter(
      (previous) => previous.until > now,
    );
    if (previousSecrets.length > MAX_PREVIOUS_SECRETS) {
      const message = `${MAX_PREVIOUS_SECRETS} previous secrets still sign. Wait until the first of them expires, or rotate with overlapHours 0.`;
      throw new CodedError('rotated_too_often', message);
    }
    const secret = newWebhookSecret();
    const rotatedEndpoint = { ...endpoint, secret: this.secrets.seal(secret), previousSecrets };
    const payload = { endpointId, previousUntil: overlapEnd.toISOString() };
    const savedEndpoint = await this.endpoints.save(tx, organizationId, rotatedEndpoint, [
      createAggregateEvent(WebhookSecretRotated, payload, now),
    ]);
    return { ...toWebhookEndpoint(savedEndpoint), secret };
  }
}
