import {
  MessageStatusChanged,
  type CustomerContact,
  type MessageState,
  type SmsRequestedPayload,
} from '#libs/contracts/index.js';
import type { TextReason } from '#libs/domain/text-messages/index.js';
import { createAggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/index.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { SmsRecord, SmsStatus } from '#libs/ports/sms.js';

/** A change of a text message: the new state and the events to publish. */
export interface MessageChange {
  readonly message: MessageDocument;
  readonly changed: boolean;
  readonly events: readonly AggregateEvent[];
}

/** Builds the text that another app requested. */
export function toRequestedMessage(request: SmsRequestedPayload, now: Date): NewAggregate<MessageDocument> {
  const { notificationId, to, body, audience, deliveryId } = request;
  return {
    _id: notificationId,
    to,
    body,
    audience,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    state: 'requested',
    fruitlessTries: 0,
    requestedAt: now,
  };
}

/** Builds a text that asks a customer about a delivery. */
export const toCustomerMessage = (
  _id: string,
  textReason: TextReason,
  about: CustomerContact,
  body: string,
  now: Date,
): NewAggregate<MessageDocument> => ({
  _id,
  to: about.phone,
  body,
  audience: 'customer',
  deliveryId: about.deliveryId,
  about,
  textReason,
  state: 'requested',
  fruitlessTries: 0,
  requestedAt: now,
});

const STATE_BY_STATUS: Readonly<Record<SmsStatus, MessageState>> = {
  accepted: 'sending',
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
};

/**
 * From lowest to highest rank. The state with the higher rank wins, because reports may arrive repeatedly and in any
 * order.
 */
const STATES_BY_RANK: readonly MessageState[] = [
  'requested',
  'suppressed',
  'unknown',
  'sending',
  'sent',
  'failed',
  'delivered',
];

const outranks = (next: MessageState, current: MessageState): boolean =>
  STATES_BY_RANK.indexOf(next) > STATES_BY_RANK.indexOf(current);

interface StatusReport {
  readonly status: SmsStatus;
  readonly carrierMessageId: string;
  readonly segments?: number | undefined;
  readonly carrierErrorCode?: string | undefined;
}

/** Applies a report of the carrier to a message. */
export function applyStatusReport(
  message: MessageDocument,
  { status, ...facts }: StatusReport,
  now: Date,
): MessageChange {
  const reason = facts.carrierErrorCode === undefined ? undefined : `carrier error ${facts.carrierErrorCode}`;
  const messageWithFacts: MessageDocument = {
    ...message,
    carrierMessageId: message.carrierMessageId ?? facts.carrierMessageId,
    ...(facts.segments === undefined ? {} : { segments: facts.segments }),
  };
  const change = transitionTo(messageWithFacts, STATE_BY_STATUS[status], now, reason);
  if (change.changed) return change;
  const hasNewFacts =
    messageWithFacts.carrierMessageId !== message.carrierMessageId || messageWithFacts.segments !== message.segments;
  return { message: messageWithFacts, changed: hasNewFacts, events: [] };
}

/**
 * Moves a message to a state and emits its event. Does nothing if the message has that state or a higher-ranked one.
 */
export function transitionTo(message: MessageDocument, state: MessageState, now: Date, reason?: string): MessageChange {
  if (!outranks(state, message.state)) return { message, changed: false, events: [] };
  const changedMessage: MessageDocument = { ...message, state, ...(reason === undefined ? {} : { reason }) };
  const payload = {
    notificationId: changedMessage._id,
    state,
    ...(message.deliveryId === undefined ? {} : { deliveryId: message.deliveryId }),
    ...(changedMessage.segments === undefined ? {} : { segments: changedMessage.segments }),
    ...(reason === undefined ? {} : { reason }),
  };
  return { message: changedMessage, changed: true, events: [createAggregateEvent(MessageStatusChanged, payload, now)] };
}

/** Marks that the request to the carrier is about to be sent. */
export const startSending = (message: MessageDocument, now: Date): MessageDocument => ({
  ...message,
  state: 'sending',
  sentAt: now,
});

/** Resets a message whose request certainly sent nothing. */
export function undoSending(message: MessageDocument): MessageDocument {
  const { sentAt: _sentAt, ...otherFields } = message;
  return { ...otherFields, state: 'requested', fruitlessTries: message.fruitlessTries + 1 };
}

export type UnknownMessageVerdict =
  { readonly kind: 'sent'; readonly record: SmsRecord } | { readonly kind: 'wait' } | { readonly kind: 'not_sent' };

/**
 * Judges a request without a response by the messages that the carrier lists for the number since the request. Two
 * messages with the same text to the same number cannot be distinguished; confusing them is harmless, as the customer
 * reads the same text.
 * @param isSettled whether enough time has passed since the request that a message missing from the listing was
 *   certainly not sent
 */
export function judgeUnknownMessage(
  message: Pick<MessageDocument, 'body' | 'to'>,
  listing: readonly SmsRecord[],
  knownIds: readonly string[],
  isSettled: boolean,
): UnknownMessageVerdict {
  const record = listing.find(
    ({ messageId, to, body }) => to === message.to && body === message.body && !knownIds.includes(messageId),
  );
  if (record) return { kind: 'sent', record };
  return isSettled ? { kind: 'not_sent' } : { kind: 'wait' };
}
