import { PARTNER_WEBHOOKS, type JsonSchema, type PartnerWebhookType } from '#libs/contracts/index.js';
import type { DocumentSchemas } from './schemas.js';

const toSignatureHeader = (name: string, description: string, example: string): JsonSchema => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

const SUMMARIES: Readonly<Record<PartnerWebhookType, string>> = {
  'delivery.assigned':
    'The delivery was assigned to an agent, with the customer’s instructions if the customer was reached.',
  'delivery.acknowledged': 'The agent has read the instructions and takes the delivery.',
  'delivery.rescheduled': 'The customer asked for another time.',
  'delivery.canceled': 'The delivery was canceled.',
  'delivery.out_for_delivery': 'The agent is on the way.',
  'delivery.delivered': 'The parcel was handed over, or left where the customer asked.',
  'delivery.failed': 'The agent could not deliver the parcel.',
  'delivery.refused': 'The customer does not want the parcel.',
  'delivery.reinstated': 'A refusal or postponement proved wrong: the delivery takes place as planned before.',
  'delivery.unassignable': 'No agent can take the delivery; the reason says why.',
  'customer.opted_out': 'The customer opted out and is not called again for any delivery.',
};

/** Headers defined by Standard Webhooks. */
const SIGNATURE_HEADERS = [
  toSignatureHeader('webhook-id', 'The id of this webhook, the same for every retry.', 'whk_65e3a1f0c2b4d5e6f7a80912'),
  toSignatureHeader('webhook-timestamp', 'When it was sent, in seconds since 1970.', '1772463900'),
  toSignatureHeader(
    'webhook-signature',
    'One or more of `v1,<base64 of HMAC-SHA256 over "id.timestamp.body">`; two while a secret is being rotated.',
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  ),
];

/** Describes the webhooks that partners receive, as the document's `webhooks`. */
export function toWebhooks(schemas: DocumentSchemas): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(PARTNER_WEBHOOKS).map(([name, data]) => {
      const type = name as PartnerWebhookType;
      const properties = {
        type: { type: 'string', enum: [type] },
        timestamp: {
          type: 'string',
          format: 'date-time',
          description: 'When the event happened, not when the webhook was sent.',
        },
        data: schemas.toReference(data),
      };
      const content = {
        'application/json': {
          schema: { type: 'object', properties, required: Object.keys(properties) },
          example: { type, timestamp: '2026-03-02T14:05:00Z', data: schemas.toExample(data) },
        },
      };
      const responses = {
        '2XX': { description: 'Received.' },
        default: { description: 'Not received: the webhook is retried with growing delays.' },
      };
      const post = {
        operationId: toWebhookOperationId(type),
        summary: SUMMARIES[type],
        security: [],
        parameters: SIGNATURE_HEADERS,
        requestBody: { required: true, content },
        responses,
      };
      return [type, { post }];
    }),
  );
}

/** Converts `delivery.out_for_delivery` to `onDeliveryOutForDelivery`. Client generators name handlers after it. */
function toWebhookOperationId(type: PartnerWebhookType): string {
  return `on_${type}`.replaceAll(/[._]([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
