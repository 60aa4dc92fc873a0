import { Schema } from 'mongoose';
import type { AgentCapacity, AvailabilityState } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';
import type { StoredWindow } from './deliveries.js';

/** An agent’s availability, as reported by the agent. */
export interface StoredAvailability {
  state: AvailabilityState;
  since: Date;
  until?: Date;
}

/** A person who makes deliveries. */
export interface AgentDocument extends AggregateDocument {
  name: string;
  phone: string;
  position: [number, number];
  skills: string[];
  /** The first shift. */
  shift: StoredWindow;
  /** The shifts after the first, in order. */
  furtherShifts: StoredWindow[];
  breaks: StoredWindow[];
  capacity: AgentCapacity;
  experience: number;
  vehicle?: string;
  /** A polygon, as a ring of positions. */
  area?: [number, number][];
  active: boolean;
  availability: StoredAvailability;
  createdAt: Date;
}

const windowSchema = new Schema(
  { start: { type: Date, required: true }, end: { type: Date, required: true } },
  { _id: false },
);

export const agentSchema = new Schema<AgentDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    name: { type: String, required: true },
    phone: { type: String, required: true },
    position: { type: [Number], required: true },
    skills: { type: [String], required: true },
    shift: { type: windowSchema, required: true },
    furtherShifts: { type: [windowSchema], required: true },
    breaks: { type: [windowSchema], default: [] },
    capacity: { type: Schema.Types.Mixed, required: true },
    experience: { type: Number, required: true },
    vehicle: String,
    area: { type: [[Number]], default: undefined },
    active: { type: Boolean, required: true },
    availability: {
      state: { type: String, required: true },
      since: { type: Date, required: true },
      until: Date,
    },
    createdAt: { type: Date, required: true },
  },
  { collection: 'agents', versionKey: false },
);

// Finds the agents with a shift that has not ended: the first one or a further one.
agentSchema.index({ organizationId: 1, 'shift.end': 1 });
agentSchema.index({ organizationId: 1, 'furtherShifts.end': 1 });
// Lists of agents: all, by `active`, and by skill.
agentSchema.index({ organizationId: 1, _id: -1 });
agentSchema.index({ organizationId: 1, active: 1, _id: -1 });
agentSchema.index({ organizationId: 1, skills: 1, active: 1, _id: -1 });
