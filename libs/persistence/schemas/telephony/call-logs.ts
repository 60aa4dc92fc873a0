import { Schema } from 'mongoose';
import type { CallIntervention } from '#libs/domain/call-lifecycle/call.values.js';
import type { CallRequestedPayload, HeardKind, Instructions } from '#libs/contracts/index.js';
import type { AggregateDocument } from '../../aggregate-repository.js';
import { SEALED } from '../../sealed-fields.js';

/** One answered webhook of the conversation. A repeat of it is answered with the same document. */
export interface StoredTurn {
  /** The last part of the webhook's path. */
  readonly step: string;
  /** The carrier's call document, as it was sent. */
  readonly document: string;
  readonly at: Date;
  /** What came from the customer's side. Absent, as is `said`, in turns from before they were kept. */
  readonly heard?: StoredHeard;
  /** What we said to it. */
  readonly said?: readonly string[];
}

export interface StoredHeard {
  readonly kind: HeardKind;
  readonly text?: string;
  readonly confidence?: number;
}

export interface StoredConversation {
  /** State of the voice flow; its shape is the flow's own. */
  readonly flow: unknown;
  readonly turns: readonly StoredTurn[];
  /** Everything decided so far, oldest first. */
  readonly decisions: readonly unknown[];
  readonly instructions?: Instructions;
  readonly recordingStarted: boolean;
}

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
  /** What routing asked for, as it asked. */
  request: CallRequestedPayload;
  /** State of the call's life; its shape is the domain's `Call`. */
  call: unknown;
  /** The called number while the attempt may ring or be ringing: unique over all organisations. */
  openNumber?: string;
  carrierCallId?: string;
  /** The customer rang us, and this is the attempt they answered so. */
  ringBackOf?: string;
  /** Create requests that certainly had no effect. */
  fruitlessTries: number;
  refusal?: StoredRefusal;
  conversation?: StoredConversation;
  carrierErrorCode?: string;
  acceptedAt: Date;
  /** When the latest create request was sent. */
  dialedAt?: Date;
  /** Somebody asked that it be given up before it is answered. */
  cancelRequestedAt?: Date;
  /** A dispatcher stepped into the conversation. */
  intervention?: { readonly action: CallIntervention; readonly at: Date };
  /** When the attempt was closed, completed or refused. Nothing is told of it twice. */
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

/** At most one open attempt per called number, over all organisations: a listing at the carrier is unambiguous. */
callLogSchema.index(
  { openNumber: 1 },
  { name: 'one_open_attempt_per_number', unique: true, partialFilterExpression: { openNumber: { $type: 'string' } } },
);
callLogSchema.index(
  { carrierCallId: 1 },
  { unique: true, partialFilterExpression: { carrierCallId: { $type: 'string' } } },
);
/** Which of the carrier's calls to a number belong to other attempts. */
callLogSchema.index({ phone: 1, dialedAt: -1 });
/** Lists, the latest requested first: of all, of a delivery, of a customer, and by how they ended. */
const LATEST_FIRST = { acceptedAt: -1, _id: -1 } as const;
callLogSchema.index({ organizationId: 1, ...LATEST_FIRST });
callLogSchema.index({ organizationId: 1, deliveryId: 1, ...LATEST_FIRST });
callLogSchema.index({ organizationId: 1, 'request.customerId': 1, ...LATEST_FIRST });
callLogSchema.index({ organizationId: 1, 'call.outcome': 1, ...LATEST_FIRST });
callLogSchema.index(
  { organizationId: 1, ...LATEST_FIRST },
  { name: 'refused', partialFilterExpression: { 'refusal.rule': { $exists: true } } },
);
