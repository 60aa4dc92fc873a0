import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/**
 * Where an agent was last seen; `_id` is the agent's id. Apart from the agent, whose revision a position every few
 * seconds would count up under the hands of whoever edits them.
 */
export interface AgentLocationDocument extends AggregateDocument {
  position: [number, number];
  /** When the position was taken, by the device. */
  at: Date;
  accuracyM?: number;
}

export const agentLocationSchema = new Schema<AgentLocationDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    position: { type: [Number], required: true },
    at: { type: Date, required: true },
    accuracyM: Number,
  },
  { collection: 'agentLocations', versionKey: false },
);
