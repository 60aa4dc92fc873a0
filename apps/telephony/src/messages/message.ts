import {
  MessageStatusChanged,
  type CustomerContact,
  type MessageState,
  type SmsRequestedPayload,
} from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/index.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { SmsRecord, SmsStatus } from '#libs/ports/sms.js';

export interface MessageChange {
  readonly message: MessageDocument;
  readonly changed: boolean;
  readonly events: readonly AggregateEvent[];
}

export function requestedMessage(request: SmsRequestedPayload, now: Date): NewAggregate<MessageDocument> {
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

/** A question to a customer about a delivery. */
export const customerText = (
  _id: string,
  about: CustomerContact,
  body: string,
  now: Date,
): NewAggregate<MessageDocument> => ({
  ...{ _id, to: about.phone, body, audience: 'customer', deliveryId: about.deliveryId, about },
  ...{ state: 'requested', fruitlessTries: 0, requestedAt: now },
});

const STATE_OF: Readonly<Record<SmsStatus, MessageState>> = {
  accepted: 'sending',
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
};

/** The later in this list wins, whatever was reported first: reports may be doubled and come in any order. */
const RANKS: readonly MessageState[] = ['requested', 'suppressed', 'unknown', 'sending', 'sent', 'failed', 'delivered'];

const outranks = (a: MessageState, b: MessageState): boolean => RANKS.indexOf(a) > RANKS.indexOf(b);

interface Report {
  readonly status: SmsStatus;
  readonly carrierMessageId: string;
  readonly segments?: number | undefined;
  readonly carrierErrorCode?: string | undefined;
}

/** Adds what the carrier says of the message. */
export function report(message: MessageDocument, { status, ...facts }: Report, now: Date): MessageChange {
  const reason = facts.carrierErrorCode === undefined ? undefined : `carrier error ${facts.carrierErrorCode}`;
  const known: MessageDocument = {
    ...message,
    carrierMessageId: message.carrierMessageId ?? facts.carrierMessageId,
    ...(facts.segments === undefined ? {} : { segments: facts.segments }),
  };
  const change = become(known, STATE_OF[status], now, reason);
  if (change.changed) return change;
  const learned = known.carrierMessageId !== message.carrierMessageId || known.segments !== message.segments;
  return { message: known, changed: learned, events: [] };
}

/** Moves the message on and tells of it; nothing happens when it is there or further already. */
export function become(message: MessageDocument, state: MessageState, now: Date, reason?: string): MessageChange {
  if (!outranks(state, message.state)) return { message, changed: false, events: [] };
  const after: MessageDocument = { ...message, state, ...(reason === undefined ? {} : { reason }) };
  const payload = {
    notificationId: after._id,
    state,
    ...(after.segments === undefined ? {} : { segments: after.segments }),
    ...(reason === undefined ? {} : { reason }),
  };
  return { message: after, changed: true, events: [aggregateEvent(MessageStatusChanged, payload, now)] };
}

/** The request is about to be sent. */
export const startSending = (message: MessageDocument, now: Date): MessageDocument => ({
  ...message,
  state: 'sending',
  sentAt: now,
});

/** The request certainly had no effect: the message is as if it had never been tried. */
export function undoSending(message: MessageDocument): MessageDocument {
  const { sentAt: _undone, ...rest } = message;
  return { ...rest, state: 'requested', fruitlessTries: message.fruitlessTries + 1 };
}

export type UnknownMessageVerdict =
  { readonly kind: 'sent'; readonly record: SmsRecord } | { readonly kind: 'wait' } | { readonly kind: 'not_sent' };

/**
 * What became of a request that got no answer, by the carrier's messages to the number since then. Two of ours with the
 * same words cannot be told apart; taking one for the other is harmless, as the customer reads the same.
 * @param settled whether the listing is old enough for an absence to prove anything
 */
export function judgeUnknownMessage(
  message: Pick<MessageDocument, 'body' | 'to'>,
  listing: readonly SmsRecord[],
  knownIds: readonly string[],
  settled: boolean,
): UnknownMessageVerdict {
  const record = listing.find(
    ({ messageId, to, body }) => to === message.to && body === message.body && !knownIds.includes(messageId),
  );
  if (record) return { kind: 'sent', record };
  return settled ? { kind: 'not_sent' } : { kind: 'wait' };
}
