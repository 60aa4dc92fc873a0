import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * One per organisation; every commit of a plan counts it up. Two planners at once write the same board, so the database
 * lets one of them win and the other plan again on what is left.
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
