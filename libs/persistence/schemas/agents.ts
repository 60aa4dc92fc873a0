import { Schema } from 'mongoose';
import type { AgentCapacity } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../aggregate-repository.js';
import type { StoredWindow } from './deliveries.js';

/** Somebody who delivers. */
export interface AgentDocument extends AggregateDocument {
  name: string;
  phone: string;
  position: [number, number];
  skills: string[];
  shift: StoredWindow;
  breaks: StoredWindow[];
  capacity: AgentCapacity;
  experience: number;
  createdAt: Date;
}

const window = new Schema(
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
    shift: { type: window, required: true },
    breaks: { type: [window], default: [] },
    capacity: { type: Schema.Types.Mixed, required: true },
    experience: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'agents', versionKey: false },
);

agentSchema.index({ organizationId: 1, 'shift.end': 1 });
