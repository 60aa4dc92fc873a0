import { Schema } from 'mongoose';
import type { Instructions } from '#libs/contracts/index.js';
import { SEALED } from '../../sealed-fields.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** The parts of an assignment that a later change of instructions does not repeat. */
export interface AgentAssignment {
  /** The delivery event's sequence. */
  sequence: number;
  agentId: string;
  customerName: string;
  address?: string;
  position: [number, number];
  window: { start: Date; end: Date };
}

/** A change of the instructions, as it was sent to the assigned agent. */
export interface InstructionsChange {
  /** The delivery event's sequence. */
  sequence: number;
  agentId: string;
  instructions: Instructions;
  transcript?: string;
  recordingId?: string;
}

/** The end of an agent's assignment. */
export interface AssignmentEnd {
  /** The delivery event's sequence. */
  sequence: number;
  agentId: string;
}

/**
 * The data of one delivery that its agent is notified about: the newest assignment, the newest change of instructions
 * and the ends of assignments. Their sequences show which events arrived out of order. `_id` is the delivery's id.
 */
export interface AssignmentSnapshotDocument extends TenantDocument {
  assignment?: AgentAssignment;
  change?: InstructionsChange;
  /** The newest end of each agent. */
  ends?: AssignmentEnd[];
}

const windowSchema = new Schema(
  { start: { type: Date, required: true }, end: { type: Date, required: true } },
  { _id: false },
);

const assignmentSchema = new Schema<AgentAssignment>(
  {
    sequence: { type: Number, required: true },
    agentId: { type: String, required: true },
    customerName: { type: String, required: true },
    address: String,
    position: { type: [Number], required: true },
    window: { type: windowSchema, required: true },
  },
  { _id: false },
);

const assignmentEndSchema = new Schema<AssignmentEnd>(
  { sequence: { type: Number, required: true }, agentId: { type: String, required: true } },
  { _id: false },
);

export const assignmentSnapshotSchema = new Schema<AssignmentSnapshotDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    assignment: { type: assignmentSchema, default: undefined },
    change: SEALED,
    ends: { type: [assignmentEndSchema], default: undefined },
  },
  { collection: 'deliveryBriefs', versionKey: false },
);
