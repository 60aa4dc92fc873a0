import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** The name of an agent, for timelines. `_id` is the agent's id. */
export type AgentProjectionDocument = ProjectionDocument<'createdAt', { name: string }>;

export const agentProjectionSchema = projectionSchema('agentProjections');
agentProjectionSchema.index({ organizationId: 1, _id: 1 });
