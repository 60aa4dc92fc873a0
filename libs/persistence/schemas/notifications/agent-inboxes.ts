import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/** The counters of one agent's inbox. `_id` is the agent's id. Messages are separate documents. */
export interface AgentInboxDocument extends AggregateDocument {
  /** Sequence of the newest message. Sequences are gapless from 1. */
  lastMessageSequence: number;
}

export const agentInboxSchema = new Schema<AgentInboxDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    lastMessageSequence: { type: Number, required: true },
  },
  { collection: 'agentInboxes', versionKey: false },
);
