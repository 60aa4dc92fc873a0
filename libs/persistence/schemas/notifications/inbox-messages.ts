import { Schema } from 'mongoose';
import type { InboxMessageKind, Instructions } from '#libs/contracts/index.js';
import { ESCALATION_CHANNELS, type EscalationChannel } from '#libs/domain/notifications/notification.values.js';
import { SEALED } from '../../sealed-fields.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** One message to an agent. Kept long after it is acknowledged, because the agent's app replays messages. */
export interface InboxMessageDocument extends TenantDocument {
  agentId: string;
  /** Gapless per agent from 1. */
  sequence: number;
  messageKind: InboxMessageKind;
  deliveryId: string;
  reference: string;
  customerName?: string;
  address?: string;
  position?: [number, number];
  window?: { start: Date; end: Date };
  /** One readable line without access codes, because it is also sent by push and SMS. */
  summary: string;
  instructions?: Instructions;
  transcript?: string;
  recordingId?: string;
  createdAt: Date;
  acknowledgedAt?: Date;
  listenedAt?: Date;
  /** Set when a newer message about the same delivery replaced this one. The escalation then stops. */
  supersededAt?: Date;
  /** The channel of the last escalation step so far. */
  lastChannel: EscalationChannel;
}

export const inboxMessageSchema = new Schema<InboxMessageDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    agentId: { type: String, required: true },
    sequence: { type: Number, required: true },
    messageKind: { type: String, required: true },
    deliveryId: { type: String, required: true },
    reference: { type: String, required: true },
    customerName: String,
    address: String,
    position: { type: [Number], default: undefined },
    window: { type: new Schema({ start: Date, end: Date }, { _id: false }), default: undefined },
    summary: { type: String, required: true },
    instructions: SEALED,
    transcript: SEALED,
    recordingId: String,
    createdAt: { type: Date, required: true },
    acknowledgedAt: Date,
    listenedAt: Date,
    supersededAt: Date,
    lastChannel: { type: String, enum: ESCALATION_CHANNELS, required: true },
  },
  { collection: 'inboxMessages', versionKey: false },
);

// Replays the messages of an agent. Unique, so that no sequence is assigned twice.
inboxMessageSchema.index({ organizationId: 1, agentId: 1, sequence: 1 }, { unique: true });
// Finds the messages that a newer message about the same delivery supersedes.
inboxMessageSchema.index({ organizationId: 1, deliveryId: 1, sequence: 1 });
