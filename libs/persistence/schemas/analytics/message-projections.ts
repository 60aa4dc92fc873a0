import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** One message to an agent, and the time until it was acknowledged. `_id` is the message's id. */
export type MessageProjectionDocument = ProjectionDocument<
  'addedAt' | 'acknowledgedAt',
  { deliveryId: string; agentId: string; afterMs: number; lastChannel: string }
>;

export const messageProjectionSchema = projectionSchema('messageProjections');
messageProjectionSchema.index({ organizationId: 1, 'earliest.acknowledgedAt': 1, 'newest.afterMs.value': 1 });
