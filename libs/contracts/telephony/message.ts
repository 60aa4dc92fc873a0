import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
  TimeZoneField,
} from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';
import { Instructions, LANGUAGES, TimeWindow, type Language } from '../values/index.js';

/** The states of a text message to an agent or customer. */
export const MESSAGE_STATES = ['requested', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'suppressed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export class MessageStatusPayload {
  /** The notification that requested the SMS. */
  @IdField() notificationId!: string;
  @ChoiceField(MESSAGE_STATES) state!: MessageState;
  @IntegerField({ min: 0, optional: true }) segments?: number;
  @TextField({ optional: true, max: 300 }) reason?: string;
  @IdField({ optional: true, description: 'The delivery that the SMS is about.' }) deliveryId?: string;
}

export const MessageStatusChanged = defineEvent({
  subject: 'telephony.message.status-changed.v1',
  payload: MessageStatusPayload,
  consumers: ['routing', 'notifications', 'analytics'],
  summary: 'The status of an SMS changed.',
});

/** A text message from a customer about a delivery. */
export class MessageReceivedPayload {
  @IdField() messageId!: string;
  @IdField() deliveryId!: string;
  @IdField() customerId!: string;
  @TextField({ min: 0, max: 5000 }) text!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @TimeZoneField() zone!: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @InstantField() receivedAt!: string;
  @IdField({
    optional: true,
    description: 'The latest text that had been sent to the customer about the delivery before they wrote.',
  })
  inReplyTo?: string;
  /** Present if the customer replied with the number of a choice. Transcription analyzes other texts. */
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
}

export const MessageReceived = defineEvent({
  subject: 'telephony.inbound-message.received.v1',
  payload: MessageReceivedPayload,
  consumers: ['routing', 'transcription', 'analytics', 'gateway'],
  sealed: true,
  summary: 'A customer sent a text message about a delivery.',
});
