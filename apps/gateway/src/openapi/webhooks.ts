import { PARTNER_WEBHOOKS, type JsonSchema, type PartnerWebhookType } from '#libs/contracts/index.js';
import type { DocumentSchemas } from './schemas.js';

const signatureHeader = (name: string, description: string, example: string): JsonSchema => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

const MEANINGS: Readonly<Record<PartnerWebhookType, string>> = {
  'delivery.assigned': 'An agent was given the delivery, with what the customer said, if they were reached.',
  'delivery.acknowledged': 'The agent has read the instructions and takes it along.',
  'delivery.rescheduled': 'The customer asked for another time.',
  'delivery.canceled': 'The delivery was taken back.',
  'delivery.out_for_delivery': 'The agent is on the way.',
  'delivery.delivered': 'The parcel was handed over, or left where the customer wished.',
  'delivery.failed': 'The agent could not deliver it.',
  'delivery.refused': 'The customer does not want the parcel.',
  'delivery.reinstated': 'The customer did not refuse or move it after all: it is delivered as planned before.',
  'delivery.unassignable': 'No agent can take it; the reason says why.',
  'customer.opted_out': 'The customer wants no more calls: they are not called again, for any delivery.',
};

/** By Standard Webhooks. */
const HEADERS = [
  signatureHeader('webhook-id', 'The same for every repeat of this webhook.', 'whk_65e3a1f0c2b4d5e6f7a80912'),
  signatureHeader('webhook-timestamp', 'When it was sent, in seconds since 1970.', '1772463900'),
  signatureHeader(
    'webhook-signature',
    'One or more of `v1,<base64 of HMAC-SHA256 over "id.timestamp.body">`, while a secret is rotated two.',
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  ),
];

/** What a partner's endpoint is told, as the document's `webhooks`. */
export function webhooksOf(schemas: DocumentSchemas): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(PARTNER_WEBHOOKS).map(([name, data]) => {
      const type = name as PartnerWebhookType;
      const properties = {
        type: { type: 'string', enum: [type] },
        timestamp: { type: 'string', format: 'date-time', description: 'When it happened, not when it is sent.' },
        data: schemas.reference(data),
      };
      const content = {
        'application/json': {
          schema: { type: 'object', properties, required: Object.keys(properties) },
          example: { type, timestamp: '2026-03-02T14:05:00Z', data: schemas.example(data) },
        },
      };
      const responses = {
        '2XX': { description: 'You have it.' },
        default: { description: 'You do not: it is sent again, later and later.' },
      };
      const post = {
        operationId: webhookOperationId(type),
        summary: MEANINGS[type],
        security: [],
        parameters: HEADERS,
        requestBody: { required: true, content },
        responses,
      };
      return [type, { post }];
    }),
  );
}

/** `delivery.out_for_delivery` → `onDeliveryOutForDelivery`: generators name a handler by it. */
function webhookOperationId(type: PartnerWebhookType): string {
  return `on_${type}`.replaceAll(/[._]([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
