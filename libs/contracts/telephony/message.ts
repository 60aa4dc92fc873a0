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

export const MESSAGE_STATES = ['requested', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'suppressed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export class MessageStatusPayload {
  /** The notification the SMS was asked for by. */
  @IdField() notificationId!: string;
  @ChoiceField(MESSAGE_STATES) state!: MessageState;
  @IntegerField({ min: 0, optional: true }) segments?: number;
  @TextField({ optional: true, max: 300 }) reason?: string;
}

export const MessageStatusChanged = defineEvent({
  subject: 'telephony.message.status-changed.v1',
  payload: MessageStatusPayload,
  consumers: ['notifications', 'analytics'],
  summary: 'What became of an SMS.',
});

/** A customer wrote to us about a delivery. */
export class MessageReceivedPayload {
  @IdField() messageId!: string;
  @IdField() deliveryId!: string;
  @IdField() customerId!: string;
  @TextField({ min: 0, max: 5000 }) text!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @TimeZoneField() zone!: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @InstantField() receivedAt!: string;
  /** Where they chose by number. Words are understood by transcription. */
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
}

export const MessageReceived = defineEvent({
  subject: 'telephony.inbound-message.received.v1',
  payload: MessageReceivedPayload,
  consumers: ['routing', 'transcription', 'analytics', 'gateway'],
  sealed: true,
  summary: 'A customer wrote to us about a delivery.',
});
