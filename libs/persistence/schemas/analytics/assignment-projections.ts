import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** The assignment of a delivery to one agent. `_id` combines both ids: a later agent gets a separate document. */
export type AssignmentProjectionDocument = ProjectionDocument<
  'assignedAt' | 'acknowledgedAt' | 'deliveredAt',
  { deliveryId: string; agentId: string }
>;

export const assignmentProjectionSchema = projectionSchema('assignmentProjections');
assignmentProjectionSchema.index({ organizationId: 1, 'earliest.assignedAt': 1, 'newest.agentId.value': 1 });
