import {
  ConfirmationChanged,
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
  type ConfirmationChangedPayload,
  type DeliveryAssignedPayload,
  type MessageState,
  type WebhookSettledPayload,
  type WithdrawalReason,
} from '#libs/contracts/index.js';
import { toDeliveryLine, defineDescriber, type TimelineLine } from './line.js';
import { pluralize, describeDuration, describeWindow, describeInstructions, maskPhone, quote } from './format.js';

/** Describers of events about deliveries, and about the notifications and webhooks for their agents and partners. */
export const DELIVERY_DESCRIBERS = [
  defineDescriber(DeliveryCreated, (payload) =>
    toDeliveryLine(payload, `Delivery ${payload.reference} accepted, planned for ${describeWindow(payload.window)}`),
  ),
  defineDescriber(DeliveryUpdated, (payload) =>
    toDeliveryLine(
      payload,
      `Updated: ${payload.changed.map(toWords).join(', ')}; planned for ${describeWindow(payload.window)}`,
    ),
  ),
  defineDescriber(DeliveryReplanned, (payload) =>
    toDeliveryLine(payload, `Delivery replanned for ${describeWindow(payload.window)}`),
  ),
  defineDescriber(DeliveryWithdrawn, (payload) =>
    toDeliveryLine(payload, `Withdrawn from ${payload.agentId}: ${WITHDRAWAL_TEXT[payload.reason]}`, payload.agentId),
  ),
  defineDescriber(DeliveryCanceled, (payload) =>
    toDeliveryLine(payload, payload.reason === undefined ? 'Canceled' : `Canceled: ${quote(payload.reason)}`),
  ),
  defineDescriber(DeliveryAssigned, toAssignedLine),
  defineDescriber(InstructionsChanged, (payload) =>
    toDeliveryLine(payload, `Instructions changed: ${describeInstructions(payload.instructions)}`),
  ),
  defineDescriber(DeliveryRescheduled, (payload) =>
    toDeliveryLine(
      payload,
      payload.window
        ? `The customer rescheduled the delivery to ${describeWindow(payload.window)}`
        : 'The customer wants another time',
    ),
  ),
  defineDescriber(DeliveryRefused, (payload) => toDeliveryLine(payload, 'The customer refused the delivery')),
  defineDescriber(ConfirmationChanged, toConfirmationLine),
  defineDescriber(DeliveryReinstated, (payload) =>
    toDeliveryLine(payload, `Delivery reinstated, planned for ${describeWindow(payload.window)}`),
  ),
  defineDescriber(DeliveryAcknowledged, (payload) =>
    toDeliveryLine(payload, `${payload.agentId} acknowledged the instructions`, payload.agentId),
  ),
  defineDescriber(DeliveryUnassigned, (payload) =>
    toDeliveryLine(payload, `Unassigned from ${payload.agentId}: ${payload.reason}`, payload.agentId),
  ),
  defineDescriber(DeliveryUnassignable, (payload) =>
    toDeliveryLine(payload, `No agent can take it: ${payload.reason}`),
  ),
  defineDescriber(DeliveryOutForDelivery, (payload) =>
    toDeliveryLine(payload, `${payload.agentId} is out for delivery`, payload.agentId),
  ),
  defineDescriber(DeliveryDelivered, (payload) =>
    toDeliveryLine(
      payload,
      `${payload.agentId} delivered it` +
        (payload.safePlaceUsed === undefined ? '' : `, left at: ${payload.safePlaceUsed.replaceAll('_', ' ')}`) +
        (payload.note === undefined ? '' : `: ${quote(payload.note)}`),
      payload.agentId,
    ),
  ),
  defineDescriber(DeliveryFailed, (payload) =>
    toDeliveryLine(
      payload,
      `${payload.agentId} could not deliver it, ${payload.reason.replaceAll('_', ' ')}` +
        (payload.note === undefined ? '' : `: ${quote(payload.note)}`),
      payload.agentId,
    ),
  ),
  defineDescriber(DeliveryProblemReported, (payload) =>
    toDeliveryLine(
      payload,
      `${payload.agentId} reported a problem (${payload.problemKind}): ${quote(payload.text)}`,
      payload.agentId,
    ),
  ),
  defineDescriber(CustomerOptedOut, ({ deliveryId }) =>
    deliveryId === undefined
      ? undefined
      : toDeliveryLine({ deliveryId }, 'The customer wants no more calls or messages'),
  ),
  defineDescriber(InboxMessageAdded, (payload) =>
    toDeliveryLine(payload, `Message ${payload.sequence} for ${payload.agentId}: ${payload.summary}`, payload.agentId),
  ),
  defineDescriber(InboxMessageAcknowledged, (payload) =>
    toDeliveryLine(
      payload,
      `${payload.agentId} acknowledged after ${describeDuration(payload.afterMs)}, reached by ${payload.lastChannel}`,
      payload.agentId,
    ),
  ),
  defineDescriber(InboxMessageListened, (payload) =>
    toDeliveryLine(payload, `${payload.agentId} listened to the customer’s recording`, payload.agentId),
  ),
  defineDescriber(SmsRequested, ({ deliveryId, notificationId, to, audience }) =>
    deliveryId === undefined
      ? undefined
      : { ...toDeliveryLine({ deliveryId }, `An SMS goes to the ${audience} at ${maskPhone(to)}`), notificationId },
  ),
  defineDescriber(MessageStatusChanged, ({ notificationId, state, reason }) => ({
    about: { notificationId },
    text: `${SMS_STATE_TEXT[state]}${reason === undefined ? '' : `: ${reason}`}`,
  })),
  defineDescriber(WebhookSettled, toWebhookSettledLine),
];

const CONFIRMATION_TEXTS: Readonly<Record<ConfirmationChangedPayload['confirmation']['state'], string>> = {
  awaited: 'The customer is asked to confirm',
  unanswered: 'Not confirmed by the customer, a dispatcher decides',
  confirmed: 'The customer confirmed',
  declined: 'The customer declined',
};

function toConfirmationLine({ confirmation, ...delivery }: ConfirmationChangedPayload): TimelineLine {
  const { state, decision, window } = confirmation;
  const otherTime = window ? `deliver ${describeWindow(window)}` : 'wait for another day';
  const wish = decision === 'refused' ? 'send the parcel back' : otherTime;
  return toDeliveryLine(delivery, `${CONFIRMATION_TEXTS[state]}: ${wish}`);
}

function toAssignedLine({ deliveryId, agentId, agentName, reason }: DeliveryAssignedPayload): TimelineLine {
  // The explanation begins with the agent's id, and the line already names the agent.
  const explanation = reason.explanation.startsWith(`${agentId}: `)
    ? reason.explanation.slice(agentId.length + 2)
    : reason.explanation;
  const mentionedAgentIds = reason.runnerUpAgentId === undefined ? [] : [reason.runnerUpAgentId];
  return toDeliveryLine({ deliveryId }, `Given to ${agentName}: ${explanation}`, ...mentionedAgentIds);
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

function toWebhookSettledLine({ deliveryId, type, result, tries }: WebhookSettledPayload): TimelineLine | undefined {
  if (deliveryId === undefined) return undefined;
  return toDeliveryLine(
    { deliveryId },
    `The partner ${WEBHOOK_RESULT_TEXT[result]}: ${type}, ${pluralize(tries, 'try', 'tries')}`,
  );
}
