import type { WebhookEndpoint } from '#libs/contracts/index.js';
import type { WebhookEndpointDocument } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';

type EndpointFields = Pick<WebhookEndpointDocument, '_id' | 'url' | 'types' | 'createdAt' | 'disabledAt' | 'revision'>;

/** Maps a stored endpoint to its contract, which never contains a secret. */
export function toWebhookEndpoint({
  _id,
  url,
  types,
  createdAt,
  disabledAt,
  revision,
}: EndpointFields): WebhookEndpoint {
  return {
    endpointId: _id,
    url,
    ...(types === undefined ? {} : { types: [...types] }),
    enabled: disabledAt === undefined,
    revision,
    createdAt: createdAt.toISOString(),
  };
}
