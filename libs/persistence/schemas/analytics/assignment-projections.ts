import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** A delivery in the hands of one agent. `_id` is both their ids: whoever has it later has an assignment of their own. */
export type AssignmentProjectionDocument = ProjectionDocument<
  'assignedAt' | 'acknowledgedAt' | 'deliveredAt',
  { deliveryId: string; agentId: string }
>;

export const assignmentProjectionSchema = projectionSchema('assignmentProjections');
assignmentProjectionSchema.index({ organizationId: 1, 'earliest.assignedAt': 1, 'newest.agentId.value': 1 });
