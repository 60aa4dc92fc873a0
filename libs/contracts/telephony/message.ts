import { ChoiceField, IdField, IntegerField, TextField } from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';

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
