import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** The opt-out of a customer. `_id` is the customer's id. */
export type CustomerProjectionDocument = ProjectionDocument<'optedOutAt', Record<never, never>>;

export const customerProjectionSchema = projectionSchema('customerProjections');
customerProjectionSchema.index({ organizationId: 1, 'earliest.optedOutAt': 1 });
