import { Schema } from 'mongoose';
import type {
  AssignmentReason,
  CustomerInput,
  DeliveryState,
  HandOver,
  Instructions,
  Parcel,
  PreferredPlace,
} from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';
import { SEALED } from '../../sealed-fields.js';
import type { AgentBriefing, ContactFacts } from './contact-facts.js';

export interface StoredWindow {
  start: Date;
  end: Date;
}

/** The customer as they were when the delivery was posted, so that a later change does not rewrite its story. */
export type CustomerSnapshot = Pick<
  CustomerInput,
  'name' | 'phone' | 'language' | 'zone' | 'address' | 'position' | 'legalBasis'
> & {
  callWindows?: StoredWindow[];
  /** `text`: they wish not to be rung. */
  channel?: 'voice' | 'text';
  /** Where parcels are left for them, unless they say otherwise. */
  usualPlace?: PreferredPlace;
};

/** Routing's aggregate: the life of one delivery. */
export interface DeliveryDocument extends AggregateDocument {
  reference: string;
  customerId: string;
  customer: CustomerSnapshot;
  state: DeliveryState;
  window: StoredWindow;
  decideBy: Date;
  alternativeWindows: StoredWindow[];
  parcel: Parcel;
  requires: string[];
  priority: number;
  /** Calls requested so far. */
  attempts: number;
  /** Those of them that never rang: refused at the last moment, or never placed. They count against no cap. */
  unrungAttempts: number;
  /** The customer hung up during the first words: how often, when last, and after how many calls that rang. */
  earlyHangUps?: { count: number; lastAt: Date; rungAttempts: number };
  plannedCallAt?: Date;
  /** Of the planned call: the chance it was given, and how probable the choice of its time was. */
  plannedCallOdds?: { chance: number; propensity: number };
  /** The attempt telephony was asked for and has not told the end of: there is never a second beside it. */
  openAttemptId?: string;
  /** The zones the planned call must be lawful in. */
  candidateZones: string[];
  customerReached: boolean;
  contactOutcome?: string;
  instructions?: Instructions;
  transcript?: string;
  recordingId?: string;
  /** What other apps reported of the customer, fact by fact; `instructions`, `transcript` and the like are its sum. */
  contactFacts?: ContactFacts;
  /** What the agent who has it was last told of the customer's wishes. */
  agentBriefing?: AgentBriefing;
  /** Where the customer moved it: the window it was planned for. */
  rescheduledFrom?: StoredWindow;
  /** When the customer was asked by text about this plan. */
  textedAt?: Date;
  agentId?: string;
  agentName?: string;
  assignment?: AssignmentReason;
  /** The agent who heard the customer's own words. */
  heardBy?: string;
  /** When the agent was given it. */
  assignedAt?: Date;
  /** A dispatcher chose the agent: no plan moves it. */
  pinned?: boolean;
  unassignableReason?: string;
  /** Agents it was taken from: no planning gives it to them again. */
  declinedAgentIds?: string[];
  /** How often it could not be handed over. */
  failures?: number;
  handOver?: Omit<HandOver, 'at'> & { at: Date };
  cancellation?: { at: Date; reason?: string };
  createdAt: Date;
  updatedAt: Date;
}

const window = { start: { type: Date, required: true }, end: { type: Date, required: true } };

export const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    reference: { type: String, required: true },
    customerId: { type: String, required: true },
    customer: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    window,
    decideBy: { type: Date, required: true },
    alternativeWindows: { type: [new Schema(window, { _id: false })], default: [] },
    parcel: { type: Schema.Types.Mixed, default: {} },
    requires: { type: [String], default: [] },
    priority: { type: Number, required: true },
    attempts: { type: Number, required: true },
    unrungAttempts: { type: Number, required: true },
    earlyHangUps: Schema.Types.Mixed,
    plannedCallAt: Date,
    plannedCallOdds: Schema.Types.Mixed,
    openAttemptId: String,
    candidateZones: { type: [String], default: [] },
    customerReached: { type: Boolean, required: true },
    contactOutcome: String,
    instructions: SEALED,
    transcript: SEALED,
    recordingId: String,
    contactFacts: SEALED,
    agentBriefing: SEALED,
    rescheduledFrom: Schema.Types.Mixed,
    textedAt: Date,
    agentId: String,
    agentName: String,
    assignment: Schema.Types.Mixed,
    heardBy: String,
    assignedAt: Date,
    pinned: Boolean,
    unassignableReason: String,
    declinedAgentIds: { type: [String], default: undefined },
    failures: Number,
    handOver: Schema.Types.Mixed,
    cancellation: Schema.Types.Mixed,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'deliveries', versionKey: false, minimize: false },
);

// Lists, newest first. Each examines as many keys as its page has rows, and one more.
deliverySchema.index({ organizationId: 1, _id: -1 });
deliverySchema.index({ organizationId: 1, state: 1, _id: -1 });
deliverySchema.index({ organizationId: 1, customerId: 1, _id: -1 });
deliverySchema.index({ organizationId: 1, reference: 1, _id: -1 });
/** Of an agent. Partial: most deliveries are written often before they have one. */
const GIVEN = { partialFilterExpression: { agentId: { $exists: true } } };
deliverySchema.index({ organizationId: 1, agentId: 1, _id: -1 }, GIVEN);
deliverySchema.index({ organizationId: 1, agentId: 1, state: 1, _id: -1 }, GIVEN);
// Lists by the start of their window. An agent's serve what they carry and their day, too.
deliverySchema.index({ organizationId: 1, 'window.start': 1, _id: 1 });
deliverySchema.index({ organizationId: 1, state: 1, 'window.start': 1, _id: 1 });
deliverySchema.index({ organizationId: 1, agentId: 1, 'window.start': 1, _id: 1 }, GIVEN);
