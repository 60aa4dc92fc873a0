import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** An agent's tokens and sessions issued before `endedAt` are invalid. `_id` is the agent's id. */
export interface AgentAccessDocument extends TenantDocument {
  endedAt: Date;
}

export const agentAccessSchema = new Schema<AgentAccessDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    endedAt: { type: Date, required: true },
  },
  { collection: 'agentAccess', versionKey: false },
);
