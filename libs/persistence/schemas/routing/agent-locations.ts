import { Schema } from 'mongoose';
import type { AggregateDocument } from '../../aggregate-repository.js';

/**
 * The last known location of an agent. `_id` is the agent's id. Separate from the agent, because a position every few
 * seconds would increment the agent's revision and make concurrent edits fail.
 */
export interface AgentLocationDocument extends AggregateDocument {
  position: [number, number];
  /** When the device measured the position. */
  at: Date;
  /** Meters, as the device reports it. */
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
