import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** One delivery in the funnel: when each step first happened. `_id` is the delivery's id. */
export type DeliveryProjectionDocument = ProjectionDocument<
  | 'createdAt'
  | 'calledAt'
  | 'reachedAt'
  | 'instructedAt'
  | 'assignedAt'
  | 'acknowledgedAt'
  | 'rescheduledAt'
  | 'refusedAt'
  | 'canceledAt'
  | 'deliveredAt'
  | 'failedAt',
  { agentId: string }
>;

export const deliveryProjectionSchema = projectionSchema('deliveryProjections');
deliveryProjectionSchema.index({ organizationId: 1, 'earliest.createdAt': 1 });
