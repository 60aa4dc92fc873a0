import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** One webhook to a partner and its result. `_id` is the webhook's id. */
export type WebhookProjectionDocument = ProjectionDocument<
  'settledAt',
  { endpointId: string; type: string; result: string; tries: number }
>;

export const webhookProjectionSchema = projectionSchema('webhookProjections');
webhookProjectionSchema.index({ organizationId: 1, 'earliest.settledAt': 1 });
