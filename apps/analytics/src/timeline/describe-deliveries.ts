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
  DeliveryOutForDelivery,
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
import { deliveryLine, describer, type TimelineLine } from './line.js';
import { pluralize, describeDuration, describeWindow, describeInstructions, maskPhone, quote } from './format.js';

/** Timeline lines about the delivery, and about the notifications and webhooks sent to its agent and its partner. */
export const DELIVERY_DESCRIBERS = [
  describer(DeliveryCreated, (payload) =>
    deliveryLine(payload, `Delivery ${payload.reference} accepted, planned for ${describeWindow(payload.window)}`),
  ),
  describer(DeliveryUpdated, (payload) =>
    deliveryLine(
      payload,
      `Updated: ${payload.changed.map(toWords).join(', ')}; planned for ${describeWindow(payload.window)}`,
    ),
  ),
  describer(DeliveryReplanned, (payload) =>
    deliveryLine(payload, `Delivery replanned for ${describeWindow(payload.window)}`),
  ),
  describer(DeliveryWithdrawn, (payload) =>
    deliveryLine(payload, `Withdrawn from ${payload.agentId}: ${WITHDRAWAL_TEXT[payload.reason]}`, payload.agentId),
  ),
  describer(DeliveryCanceled, (payload) =>
    deliveryLine(payload, payload.reason === undefined ? 'Canceled' : `Canceled: ${quote(payload.reason)}`),
  ),
  describer(DeliveryAssigned, assignedLine),
  describer(InstructionsChanged, (payload) =>
    deliveryLine(payload, `Instructions changed: ${describeInstructions(payload.instructions)}`),
  ),
  describer(DeliveryRescheduled, (payload) =>
    deliveryLine(
      payload,
      payload.window
        ? `The customer rescheduled the delivery to ${describeWindow(payload.window)}`
        : 'The customer wants another time',
    ),
  ),
  describer(DeliveryRefused, (payload) => deliveryLine(payload, 'The customer refused the delivery')),
  describer(DeliveryReinstated, (payload) =>
    deliveryLine(payload, `Delivery reinstated, planned for ${describeWindow(payload.window)}`),
  ),
  describer(DeliveryAcknowledged, (payload) =>
    deliveryLine(payload, `${payload.agentId} knows what the customer wants`, payload.agentId),
  ),
  describer(DeliveryUnassigned, (payload) =>
    deliveryLine(payload, `Unassigned from ${payload.agentId}: ${payload.reason}`, payload.agentId),
  ),
  describer(DeliveryUnassignable, (payload) => deliveryLine(payload, `No agent can take it: ${payload.reason}`)),
  describer(DeliveryOutForDelivery, (payload) =>
    deliveryLine(payload, `${payload.agentId} is out for delivery`, payload.agentId),
  ),
  describer(DeliveryDelivered, (payload) =>
    deliveryLine(
      payload,
      `${payload.agentId} delivered it` +
        (payload.safePlaceUsed === undefined ? '' : `, left at: ${payload.safePlaceUsed.replaceAll('_', ' ')}`) +
        (payload.note === undefined ? '' : `: ${quote(payload.note)}`),
      payload.agentId,
    ),
  ),
  describer(DeliveryFailed, (payload) =>
    deliveryLine(
      payload,
      `${payload.agentId} could not deliver it, ${payload.reason.replaceAll('_', ' ')}` +
        (payload.note === undefined ? '' : `: ${quote(payload.note)}`),
      payload.agentId,
    ),
  ),
  describer(DeliveryProblemReported, (payload) =>
    deliveryLine(
      payload,
      `${payload.agentId} reported a problem (${payload.problemKind}): ${quote(payload.text)}`,
      payload.agentId,
    ),
  ),
  describer(CustomerOptedOut, ({ deliveryId }) =>
    deliveryId === undefined ? undefined : deliveryLine({ deliveryId }, 'The customer wants no more calls or messages'),
  ),
  describer(InboxMessageAdded, (payload) =>
    deliveryLine(payload, `Message ${payload.sequence} for ${payload.agentId}: ${payload.summary}`, payload.agentId),
  ),
  describer(InboxMessageAcknowledged, (payload) =>
    deliveryLine(
      payload,
      `${payload.agentId} acknowledged after ${describeDuration(payload.afterMs)}, reached by ${payload.lastChannel}`,
      payload.agentId,
    ),
  ),
  describer(InboxMessageListened, (payload) =>
    deliveryLine(payload, `${payload.agentId} listened to the customer’s recording`, payload.agentId),
  ),
  describer(SmsRequested, ({ deliveryId, notificationId, to, audience }) =>
    deliveryId === undefined
      ? undefined
      : { ...deliveryLine({ deliveryId }, `An SMS goes to the ${audience} at ${maskPhone(to)}`), notificationId },
  ),
  describer(MessageStatusChanged, ({ notificationId, state, reason }) => ({
    about: { notificationId },
    text: `${SMS_STATE_TEXT[state]}${reason === undefined ? '' : `: ${reason}`}`,
  })),
  describer(WebhookSettled, webhookSettledLine),
];

function assignedLine({ deliveryId, agentId, agentName, reason }: DeliveryAssignedPayload): TimelineLine {
  // The line already names the agent.
  const explanation = reason.explanation.startsWith(`${agentId}: `)
    ? reason.explanation.slice(agentId.length + 2)
    : reason.explanation;
  const mentionedAgentIds = reason.runnerUpAgentId === undefined ? [] : [reason.runnerUpAgentId];
  return deliveryLine({ deliveryId }, `Given to ${agentName}: ${explanation}`, ...mentionedAgentIds);
}

/** Spells a field name as words: `alternativeWindows` becomes `alternative windows`. */
const toWords = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const WITHDRAWAL_TEXT: Record<WithdrawalReason, string> = {
  reassigned: 'a dispatcher wants another agent',
  changed: 'the delivery changed',
  replanned: 'the delivery has another window',
  rescheduled: 'the customer wants another time',
  refused: 'the customer refused the delivery',
};

const SMS_STATE_TEXT: Record<MessageState, string> = {
  requested: 'The SMS was requested',
  sending: 'The SMS is being sent',
  sent: 'The SMS was sent',
  delivered: 'The SMS was delivered',
  failed: 'The SMS failed',
  unknown: 'It is unknown whether the SMS was sent',
  suppressed: 'The SMS was not sent',
};

const WEBHOOK_RESULT_TEXT: Record<WebhookSettledPayload['result'], string> = {
  delivered: 'was notified',
  exhausted: 'could not be notified',
  endpoint_gone: 'no longer has an endpoint',
};

function webhookSettledLine({ deliveryId, type, result, tries }: WebhookSettledPayload): TimelineLine | undefined {
  if (deliveryId === undefined) return undefined;
  return deliveryLine(
    { deliveryId },
    `The partner ${WEBHOOK_RESULT_TEXT[result]}: ${type}, ${pluralize(tries, 'try', 'tries')}`,
  );
}
