import type { CallOutcome } from '#libs/contracts/index.js';
import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** One attempt to reach a customer. `_id` is the attempt's id. */
export type CallProjectionDocument = ProjectionDocument<
  'requestedAt' | 'placedAt' | 'answeredAt' | 'completedAt',
  { deliveryId: string; attempt: number; outcome: CallOutcome; durationSeconds: number }
>;

export const callProjectionSchema = projectionSchema('callProjections');
callProjectionSchema.index({ organizationId: 1, 'earliest.completedAt': 1 });
