import { Schema } from 'mongoose';
import type { CallIntervention } from '#libs/domain/call-lifecycle/call.values.js';
import type { CallRequestedPayload, HeardKind, Instructions } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';
import { SEALED } from '../../sealed-fields.js';

/** One handled webhook of the conversation. A repeat gets the same voice document. */
export interface StoredTurn {
  /** The last segment of the webhook's path. */
  readonly step: string;
  /** The voice document, as it was sent. */
  readonly document: string;
  readonly at: Date;
  /** The caller input. Absent, like `said`, in turns stored before these fields existed. */
  readonly heard?: StoredHeard;
  /** DelAuto's prompts in reply to the input. */
  readonly said?: readonly string[];
}

/** A caller input. */
export interface StoredHeard {
  readonly kind: HeardKind;
  readonly text?: string;
  readonly confidence?: number;
}

/** The state of a call's conversation. */
export interface StoredConversation {
  /** State of the voice flow, which defines its shape. */
  readonly flow: unknown;
  readonly turns: readonly StoredTurn[];
  /** All decisions so far, oldest first. */
  readonly decisions: readonly unknown[];
  readonly instructions?: Instructions;
  readonly recordingStarted: boolean;
}

/** Why an attempt was not dialed, and when it may be dialed. */
export interface StoredRefusal {
  readonly rule: string;
  readonly detail: string;
  readonly nextAllowedAt?: Date;
}

/** Telephony's aggregate: one attempt to reach a customer. `_id` is the attempt's id. */
export interface CallLogDocument extends AggregateDocument {
  deliveryId: string;
  /** The called number, E.164. */
  phone: string;
  /** Routing's request, unchanged. */
  request: CallRequestedPayload;
  /** State of the call, in the shape of the domain's `Call`. */
  call: unknown;
  /** The called number while the attempt may ring or is ringing. Unique across all organizations. */
  openNumber?: string;
  carrierCallId?: string;
  /** On an inbound callback: the attempt to which the customer responded. */
  ringBackOf?: string;
  /** Dials that certainly did not place a call. */
  fruitlessTries: number;
  refusal?: StoredRefusal;
  conversation?: StoredConversation;
  carrierErrorCode?: string;
  acceptedAt: Date;
  /** When the latest dial was sent. */
  dialedAt?: Date;
  /** When the cancellation of the unanswered call was requested. */
  cancelRequestedAt?: Date;
  /** A dispatcher's intervention in the conversation. */
  intervention?: { readonly action: CallIntervention; readonly at: Date };
  /** When the attempt was closed: completed or refused. The end of an attempt is published once. */
  closedAt?: Date;
}

export const callLogSchema = new Schema<CallLogDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    revision: { type: Number, required: true },
    sequence: { type: Number, required: true },
    deliveryId: { type: String, required: true },
    phone: { type: String, required: true },
    request: { type: Schema.Types.Mixed, required: true },
    call: { type: Schema.Types.Mixed, required: true },
    openNumber: String,
    carrierCallId: String,
    ringBackOf: String,
    fruitlessTries: { type: Number, required: true },
    refusal: Schema.Types.Mixed,
    conversation: SEALED,
    carrierErrorCode: String,
    acceptedAt: { type: Date, required: true },
    dialedAt: Date,
    cancelRequestedAt: Date,
    intervention: Schema.Types.Mixed,
    closedAt: Date,
  },
  { collection: 'callLogs', versionKey: false, minimize: false },
);

// At most one open attempt per number across all organizations, so that the carrier's list of calls is unambiguous.
callLogSchema.index(
  { openNumber: 1 },
  { name: 'one_open_attempt_per_number', unique: true, partialFilterExpression: { openNumber: { $type: 'string' } } },
);
callLogSchema.index(
  { carrierCallId: 1 },
  { unique: true, partialFilterExpression: { carrierCallId: { $type: 'string' } } },
);
// Finds the carrier's calls to a number that belong to other attempts.
callLogSchema.index({ phone: 1, dialedAt: -1 });
// Lists of calls, latest request first: all, by delivery, by customer, and by outcome.
const LATEST_FIRST = { acceptedAt: -1, _id: -1 } as const;
callLogSchema.index({ organizationId: 1, ...LATEST_FIRST });
callLogSchema.index({ organizationId: 1, deliveryId: 1, ...LATEST_FIRST });
callLogSchema.index({ organizationId: 1, 'request.customerId': 1, ...LATEST_FIRST });
callLogSchema.index({ organizationId: 1, 'call.outcome': 1, ...LATEST_FIRST });
callLogSchema.index(
  { organizationId: 1, ...LATEST_FIRST },
  { name: 'refused', partialFilterExpression: { 'refusal.rule': { $exists: true } } },
);
