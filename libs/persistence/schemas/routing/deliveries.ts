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
import type { AgentBriefing, ContactFacts, StoredConfirmation } from './contact-facts.js';

/** A delivery window. */
export interface StoredWindow {
  start: Date;
  end: Date;
}

/** The customer's data when the delivery was created. Later changes of the customer do not change the delivery. */
export type CustomerSnapshot = Pick<
  CustomerInput,
  'name' | 'phone' | 'language' | 'zone' | 'address' | 'position' | 'legalBasis'
> & {
  callWindows?: StoredWindow[];
  /** `text`: the customer does not want calls. */
  channel?: 'voice' | 'text';
  /** The safe place that applies unless the customer names another one. */
  usualPlace?: PreferredPlace;
};

/** Routing's aggregate: one delivery. */
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
  /** Number of calls requested so far. */
  attempts: number;
  /**
   * Number of requested calls that did not ring: refused before dialing, or not placed. They do not count toward caps.
   */
  unrungAttempts: number;
  /** Early hang-ups: how often, the last time, and the number of calls that had rung by then. */
  earlyHangUps?: { count: number; lastAt: Date; rungAttempts: number };
  plannedCallAt?: Date;
  /** The predicted probability that the planned call is answered, and the probability of choosing its time. */
  plannedCallOdds?: { chance: number; propensity: number };
  /** The attempt requested from telephony that has not ended. There is at most one. */
  openAttemptId?: string;
  /** The time zones in which the planned call must be lawful. */
  candidateZones: string[];
  customerReached: boolean;
  contactOutcome?: string;
  instructions?: Instructions;
  transcript?: string;
  recordingId?: string;
  /** The facts that other apps reported. `instructions`, `transcript` and similar fields are folded from them. */
  contactFacts?: ContactFacts;
  /** A wish by text that the customer is asked to confirm, or was. */
  confirmation?: StoredConfirmation;
  /** The instructions of which the assigned agent was last notified. */
  agentBriefing?: AgentBriefing;
  /** The original window, when the customer rescheduled the delivery. */
  rescheduledFrom?: StoredWindow;
  /** When the customer was texted about the current plan. */
  textedAt?: Date;
  agentId?: string;
  agentName?: string;
  assignment?: AssignmentReason;
  /** The agent who listened to the customer's recording. */
  heardBy?: string;
  /** When the delivery was assigned to the agent. */
  assignedAt?: Date;
  /** A dispatcher chose the agent, so plans do not reassign the delivery. */
  pinned?: boolean;
  unassignableReason?: string;
  /** Agents from whom the delivery was taken. Plans do not assign it to them again. */
  declinedAgentIds?: string[];
  /** The number of failed handovers. */
  failures?: number;
  handOver?: Omit<HandOver, 'at'> & { at: Date };
  cancellation?: { at: Date; reason?: string };
  createdAt: Date;
  updatedAt: Date;
}

const windowFields = { start: { type: Date, required: true }, end: { type: Date, required: true } };

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
    window: windowFields,
    decideBy: { type: Date, required: true },
    alternativeWindows: { type: [new Schema(windowFields, { _id: false })], default: [] },
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
    confirmation: Schema.Types.Mixed,
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

// Lists, newest first. Each list examines one key more than its page has rows.
deliverySchema.index({ organizationId: 1, _id: -1 });
deliverySchema.index({ organizationId: 1, state: 1, _id: -1 });
deliverySchema.index({ organizationId: 1, customerId: 1, _id: -1 });
deliverySchema.index({ organizationId: 1, reference: 1, _id: -1 });
// Lists of an agent's deliveries. Partial, because most deliveries are written several times before they have an agent.
const WITH_AGENT = { partialFilterExpression: { agentId: { $exists: true } } };
deliverySchema.index({ organizationId: 1, agentId: 1, _id: -1 }, WITH_AGENT);
deliverySchema.index({ organizationId: 1, agentId: 1, state: 1, _id: -1 }, WITH_AGENT);
// Lists by the state of the confirmation. Partial, because few deliveries have one.
deliverySchema.index(
  { organizationId: 1, 'confirmation.state': 1, _id: -1 },
  { partialFilterExpression: { 'confirmation.state': { $exists: true } } },
);
// Lists by window start. The index with the agent also supports the lists of an agent's current deliveries and of a
// day.
deliverySchema.index({ organizationId: 1, 'window.start': 1, _id: 1 });
deliverySchema.index({ organizationId: 1, state: 1, 'window.start': 1, _id: 1 });
deliverySchema.index({ organizationId: 1, agentId: 1, 'window.start': 1, _id: 1 }, WITH_AGENT);
