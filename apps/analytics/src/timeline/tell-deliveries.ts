import {
  CustomerOptedOut,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryCanceled,
  DeliveryCreated,
  DeliveryDelivered,
  DeliveryFailed,
  DeliveryProblemReported,
  DeliveryRefused,
  DeliveryReinstated,
  DeliveryReplanned,
  DeliveryRescheduled,
  DeliverySetOut,
  DeliveryUnassignable,
  DeliveryUnassigned,
  DeliveryUpdated,
  DeliveryWithdrawn,
  InboxMessageAcknowledged,
  InboxMessageAdded,
  InboxMessageListened,
  InstructionsChanged,
  MessageStatusChanged,
  SmsRequested,
  WebhookSettled,
  type DeliveryAssignedPayload,
  type MessageState,
  type WebhookSettledPayload,
  type WithdrawalReason,
} from '#libs/contracts/index.js';
import { of, telling, type Line } from './line.js';
import { counted, describeDuration, describeWindow, describeWishes, maskPhone, quote } from './words.js';

/** Timeline lines of the delivery itself and of what the agent and the partner were sent. */
export const DELIVERY_TELLINGS = [
  telling(DeliveryCreated, (payload) =>
    of(payload, `Delivery ${payload.reference} accepted, planned for ${describeWindow(payload.window)}`),
  ),
  telling(DeliveryUpdated, (payload) =>
    of(payload, `Corrected: ${payload.changed.map(toWords).join(', ')}; planned for ${describeWindow(payload.window)}`),
  ),
  telling(DeliveryReplanned, (payload) => of(payload, `Planned anew for ${describeWindow(payload.window)}`)),
  telling(DeliveryWithdrawn, (payload) =>
    of(payload, `Taken from ${payload.agentId}: ${WITHDRAWAL_TEXT[payload.reason]}`, payload.agentId),
  ),
  telling(DeliveryCanceled, (payload) =>
    of(payload, payload.reason === undefined ? 'Canceled' : `Canceled: ${quote(payload.reason)}`),
  ),
  telling(DeliveryAssigned, assignedLine),
  telling(InstructionsChanged, (payload) =>
    of(payload, `The customer’s wishes changed: ${describeWishes(payload.instructions)}`),
  ),
  telling(DeliveryRescheduled, (payload) =>
    of(
      payload,
      payload.window ? `The customer moved it to ${describeWindow(payload.window)}` : 'The customer wants another time',
    ),
  ),
  telling(DeliveryRefused, (payload) => of(payload, 'The customer refused it')),
  telling(DeliveryReinstated, (payload) =>
    of(payload, `The customer takes it after all, planned for ${describeWindow(payload.window)}`),
  ),
  telling(DeliveryAcknowledged, (payload) =>
    of(payload, `${payload.agentId} knows what the customer wants`, payload.agentId),
  ),
  telling(DeliveryUnassigned, (payload) =>
    of(payload, `Taken from ${payload.agentId}: ${payload.reason}`, payload.agentId),
  ),
  telling(DeliveryUnassignable, (payload) => of(payload, `No agent can take it: ${payload.reason}`)),
  telling(DeliverySetOut, (payload) => of(payload, `${payload.agentId} is on the way with it`, payload.agentId)),
  telling(DeliveryDelivered, (payload) =>
    of(
      payload,
      `${payload.agentId} delivered it` +
        (payload.safePlaceUsed === undefined ? '' : `, left at: ${payload.safePlaceUsed.replaceAll('_', ' ')}`) +
        (payload.note === undefined ? '' : `: ${quote(payload.note)}`),
      payload.agentId,
    ),
  ),
  telling(DeliveryFailed, (payload) =>
    of(
      payload,
      `${payload.agentId} could not deliver it, ${payload.reason.replaceAll('_', ' ')}` +
        (payload.note === undefined ? '' : `: ${quote(payload.note)}`),
      payload.agentId,
    ),
  ),
  telling(DeliveryProblemReported, (payload) =>
    of(payload, `${payload.agentId} met a problem (${payload.problemKind}): ${quote(payload.text)}`, payload.agentId),
  ),
  telling(CustomerOptedOut, ({ deliveryId }) =>
    deliveryId === undefined ? undefined : of({ deliveryId }, 'The customer wants no more calls or messages'),
  ),
  telling(InboxMessageAdded, (payload) =>
    of(payload, `Message ${payload.sequence} for ${payload.agentId}: ${payload.summary}`, payload.agentId),
  ),
  telling(InboxMessageAcknowledged, (payload) =>
    of(
      payload,
      `${payload.agentId} acknowledged after ${describeDuration(payload.afterMs)}, reached by ${payload.lastChannel}`,
      payload.agentId,
    ),
  ),
  telling(InboxMessageListened, (payload) =>
    of(payload, `${payload.agentId} listened to the customer’s words`, payload.agentId),
  ),
  telling(SmsRequested, ({ deliveryId, notificationId, to, audience }) =>
    deliveryId === undefined
      ? undefined
      : { ...of({ deliveryId }, `An SMS goes to the ${audience} at ${maskPhone(to)}`), notificationId },
  ),
  telling(MessageStatusChanged, ({ notificationId, state, reason }) => ({
    about: { notificationId },
    text: `${SMS_STATE_TEXT[state]}${reason === undefined ? '' : `: ${reason}`}`,
  })),
  telling(WebhookSettled, webhookSettledLine),
];

function assignedLine({ deliveryId, agentId, agentName, reason }: DeliveryAssignedPayload): Line {
  const explanation = reason.explanation.startsWith(`${agentId}: `)
    ? reason.explanation.slice(agentId.length + 2)
    : reason.explanation;
  const mentionedAgentIds = reason.runnerUpAgentId === undefined ? [] : [reason.runnerUpAgentId];
  return of({ deliveryId }, `Given to ${agentName}: ${explanation}`, ...mentionedAgentIds);
}

/** Spells a field name as words: `alternativeWindows` becomes `alternative windows`. */
const toWords = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const WITHDRAWAL_TEXT: Record<WithdrawalReason, string> = {
  reassigned: 'a dispatcher wants another agent',
  changed: 'the delivery changed',
  replanned: 'it has another window',
  rescheduled: 'the customer wants another time',
  refused: 'the customer refuses it',
};

const SMS_STATE_TEXT: Record<MessageState, string> = {
  requested: 'The SMS was requested',
  sending: 'The SMS is being sent',
  sent: 'The SMS was sent',
  delivered: 'The SMS was delivered',
  failed: 'The SMS failed',
  unknown: 'Whether the SMS was sent is not known',
  suppressed: 'The SMS was not sent',
};

const WEBHOOK_RESULT_TEXT: Record<WebhookSettledPayload['result'], string> = {
  delivered: 'was notified',
  exhausted: 'could not be notified',
  endpoint_gone: 'has no endpoint any more',
};

function webhookSettledLine({ deliveryId, type, result, tries }: WebhookSettledPayload): Line | undefined {
  if (deliveryId === undefined) return undefined;
  return of({ deliveryId }, `The partner ${WEBHOOK_RESULT_TEXT[result]}: ${type}, ${counted(tries, 'try', 'tries')}`);
}
