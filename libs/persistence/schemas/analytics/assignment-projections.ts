import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** A delivery assigned to one agent. `_id` combines both ids, so each later agent has an assignment of their own. */
export type AssignmentProjectionDocument = ProjectionDocument<
  'assignedAt' | 'acknowledgedAt' | 'deliveredAt',
  { deliveryId: string; agentId: string }
>;

export const assignmentProjectionSchema = projectionSchema('assignmentProjections');
assignmentProjectionSchema.index({ organizationId: 1, 'earliest.assignedAt': 1, 'newest.agentId.value': 1 });
