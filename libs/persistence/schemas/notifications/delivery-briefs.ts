import { Schema } from 'mongoose';
import type { Instructions } from '#libs/contracts/index.js';
import { SEALED } from '../../sealed-fields.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** The parts of an assignment that a later change of instructions does not repeat. */
export interface BriefAssignment {
  /** The delivery event's sequence. */
  sequence: number;
  agentId: string;
  customerName: string;
  address?: string;
  position: [number, number];
  window: { start: Date; end: Date };
}

export interface BriefInstructions {
  /** The delivery event's sequence. */
  sequence: number;
  agentId: string;
  instructions: Instructions;
  transcript?: string;
  recordingId?: string;
}

/** News that an agent does not have it any more. */
export interface BriefEnd {
  /** The delivery event's sequence. */
  sequence: number;
  agentId: string;
}

/**
 * What is known of one delivery for telling its agent: the newest assignment and change of instructions, and
 * the ends, so
 * that events arriving out of order are recognised. `_id` is the delivery's id.
 */
export interface DeliveryBriefDocument extends TenantDocument {
  assignment?: BriefAssignment;
  change?: BriefInstructions;
  /** By agent; the newest of each. */
  ends?: BriefEnd[];
}

const window = new Schema(
  { start: { type: Date, required: true }, end: { type: Date, required: true } },
  { _id: false },
);

const assignment = new Schema<BriefAssignment>(
  {
    sequence: { type: Number, required: true },
    agentId: { type: String, required: true },
    customerName: { type: String, required: true },
    address: String,
    position: { type: [Number], required: true },
    window: { type: window, required: true },
  },
  { _id: false },
);

const end = new Schema<BriefEnd>(
  { sequence: { type: Number, required: true }, agentId: { type: String, required: true } },
  { _id: false },
);

export const deliveryBriefSchema = new Schema<DeliveryBriefDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    assignment: { type: assignment, default: undefined },
    change: SEALED,
    ends: { type: [end], default: undefined },
  },
  { collection: 'deliveryBriefs', versionKey: false },
);
