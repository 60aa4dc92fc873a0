import type {
  DeliveryAssignedPayload,
  DeliveryFact,
  DeliveryWithdrawnPayload,
  EventEnvelope,
  Instructions,
  InstructionsChangedPayload,
  TimeWindow,
  WithdrawalReason,
} from '#libs/contracts/index.js';
import type {
  AssignmentEnd,
  InstructionsChange,
} from '#libs/persistence/schemas/notifications/assignment-snapshots.js';
import { summarizeInstructions } from '../messages/messages.module.js';
import {
  decideOnAssignment,
  decideOnChange,
  decideOnEnd,
  type IncomingAssignment,
  type AssignmentSnapshot,
  type MessageDecision,
} from './decide-message.js';

/** A notification of a delivery's agent, derived from an event. */
export type AgentNotification = { readonly deliveryId: string; readonly reference: string } & (
  | {
      readonly kind: 'assignment';
      readonly incoming: IncomingAssignment;
      readonly customerReached: boolean;
      /** The place where parcels are usually left for this customer. */
      readonly usualPlace?: NonNullable<DeliveryAssignedPayload['usualPlace']>['place'];
    }
  | { readonly kind: 'instructions_changed'; readonly incoming: InstructionsChange }
  | { readonly kind: 'delivery_canceled'; readonly incoming: AssignmentEnd }
  | { readonly kind: 'delivery_withdrawn'; readonly incoming: AssignmentEnd; readonly reason: WithdrawalReason }
);

const toStoredWindow = ({ start, end }: TimeWindow): { start: Date; end: Date } => ({
  start: new Date(start),
  end: new Date(end),
});

/** Maps an assignment to a notification of the assigned agent. */
export function toAssignmentNotification({
  payload,
  sequence,
}: EventEnvelope<DeliveryAssignedPayload>): AgentNotification {
  const { deliveryId, reference, customerReached, agentId, customerName, address, position, window } = payload;
  const { instructions, transcript, recordingId, usualPlace } = payload;
  const incoming = {
    sequence,
    agentId,
    customerName,
    ...(address === undefined ? {} : { address }),
    position,
    window: toStoredWindow(window),
    ...(instructions === undefined ? {} : { instructions }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return {
    kind: 'assignment',
    deliveryId,
    reference,
    incoming,
    customerReached,
    ...(usualPlace === undefined ? {} : { usualPlace: usualPlace.place }),
  };
}

/** Maps a change of instructions to a notification of the agent who has the delivery. */
export function toInstructionsNotification({
  payload,
  sequence,
}: EventEnvelope<InstructionsChangedPayload>): AgentNotification {
  const { deliveryId, reference, agentId, instructions, transcript, recordingId } = payload;
  const incoming = {
    sequence,
    agentId,
    instructions,
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return { kind: 'instructions_changed', deliveryId, reference, incoming };
}

/** Maps a cancellation to a notification of the agent who had the delivery. */
export function toCancellationNotification(
  { payload, sequence }: EventEnvelope<DeliveryFact>,
  agentId: string,
): AgentNotification {
  const { deliveryId, reference } = payload;
  return { kind: 'delivery_canceled', deliveryId, reference, incoming: { sequence, agentId } };
}

/** Maps a withdrawal to a notification of the agent from whom the delivery was taken. */
export function toWithdrawalNotification({
  payload,
  sequence,
}: EventEnvelope<DeliveryWithdrawnPayload>): AgentNotification {
  const { deliveryId, reference, agentId, reason } = payload;
  return { kind: 'delivery_withdrawn', deliveryId, reference, incoming: { sequence, agentId }, reason };
}

/** Decides whether a notification is still current, given the events of its delivery that arrived before. */
export function decideNotification(snapshot: AssignmentSnapshot, notification: AgentNotification): MessageDecision {
  switch (notification.kind) {
    case 'assignment':
      return decideOnAssignment(snapshot, notification.incoming);
    case 'instructions_changed':
      return decideOnChange(snapshot, notification.incoming);
    case 'delivery_canceled':
    case 'delivery_withdrawn':
      return decideOnEnd(snapshot, notification.incoming);
  }
}

/** Fixed texts, because they are sent by push and SMS, which must not contain free text. */
const WITHDRAWAL_SUMMARIES: Record<WithdrawalReason, string> = {
  reassigned: 'Do not deliver it: another agent delivers it.',
  changed: 'Do not deliver it as planned: it changed and is being replanned.',
  replanned: 'Do not deliver it now: it is planned for another time.',
  rescheduled: 'Do not deliver it now: the customer wants another time.',
  refused: 'Do not deliver it: the customer refuses it.',
};

/**
 * Summarizes what the agent has to do, in one line.
 * @param instructions the customer's current instructions, which may be newer than the notification
 */
export function summarizeNotification(notification: AgentNotification, instructions: Instructions | undefined): string {
  switch (notification.kind) {
    case 'assignment':
      return summarizeInstructions(instructions, notification.customerReached, notification.usualPlace);
    case 'instructions_changed':
      return summarizeInstructions(instructions, true);
    case 'delivery_canceled':
      return 'Do not deliver it: it is canceled.';
    case 'delivery_withdrawn':
      return WITHDRAWAL_SUMMARIES[notification.reason];
  }
}
