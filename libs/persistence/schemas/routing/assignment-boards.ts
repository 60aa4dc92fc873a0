import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * One document per organization. Every commit of a plan increments `commits`. The commits of two concurrent planners
 * therefore conflict: one succeeds, and the other planner plans again with the remaining deliveries.
 */
export interface AssignmentBoardDocument extends TenantDocument {
  commits: number;
}

export const assignmentBoardSchema = new Schema<AssignmentBoardDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    commits: { type: Number, required: true },
  },
  { collection: 'assignmentBoards', versionKey: false },
);
