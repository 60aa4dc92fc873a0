import type { WebhookEndpoint } from '#libs/contracts/index.js';
import type { WebhookEndpointDocument } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';

type Told = Pick<WebhookEndpointDocument, '_id' | 'url' | 'types' | 'createdAt' | 'disabledAt' | 'revision'>;

/** The stored endpoint as the contract tells it: never with a secret. */
export function toWebhookEndpoint({ _id, url, types, createdAt, disabledAt, revision }: Told): WebhookEndpoint {
  return {
    endpointId: _id,
    url,
    ...(types === undefined ? {} : { types: [...types] }),
    enabled: disabledAt === undefined,
    revision,
    createdAt: createdAt.toISOString(),
  };
}
