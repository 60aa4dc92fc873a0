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
import type { BriefEnd, BriefInstructions } from '#libs/persistence/schemas/notifications/delivery-briefs.js';
import { summarizeInstructions } from '../messages/messages.module.js';
import {
  decideOnAssignment,
  decideOnChange,
  decideOnEnd,
  type AssignmentHeard,
  type Brief,
  type MessageDecision,
} from './decide-message.js';

/** What an event says to the agent of a delivery. */
export type AgentNotification = { readonly deliveryId: string; readonly reference: string } & (
  | {
      readonly kind: 'assignment';
      readonly heard: AssignmentHeard;
      readonly customerReached: boolean;
      /** Where parcels are usually left for this customer. */
      readonly usualPlace?: NonNullable<DeliveryAssignedPayload['usualPlace']>['place'];
    }
  | { readonly kind: 'instructions_changed'; readonly heard: BriefInstructions }
  | { readonly kind: 'delivery_canceled'; readonly heard: BriefEnd }
  | { readonly kind: 'delivery_withdrawn'; readonly heard: BriefEnd; readonly reason: WithdrawalReason }
);

const toStoredWindow = ({ start, end }: TimeWindow): { start: Date; end: Date } => ({
  start: new Date(start),
  end: new Date(end),
});

/** An assignment, for the agent who has the delivery from now on. */
export function assignmentForAgent({ payload, sequence }: EventEnvelope<DeliveryAssignedPayload>): AgentNotification {
  const { deliveryId, reference, customerReached, agentId, customerName, address, position, window } = payload;
  const { instructions, transcript, recordingId, usualPlace } = payload;
  const heard = {
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
  const place = usualPlace === undefined ? {} : { usualPlace: usualPlace.place };
  return { kind: 'assignment', deliveryId, reference, heard, customerReached, ...place };
}

/** A change of instructions, for the agent who has the delivery. */
export function changeForAgent({ payload, sequence }: EventEnvelope<InstructionsChangedPayload>): AgentNotification {
  const { deliveryId, reference, agentId, instructions, transcript, recordingId } = payload;
  const heard = {
    sequence,
    agentId,
    instructions,
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return { kind: 'instructions_changed', deliveryId, reference, heard };
}

/** A delivery was canceled while this agent had it. */
export function canceledForAgent(
  { payload, sequence }: EventEnvelope<DeliveryFact>,
  agentId: string,
): AgentNotification {
  const { deliveryId, reference } = payload;
  return { kind: 'delivery_canceled', deliveryId, reference, heard: { sequence, agentId } };
}

/** A delivery was taken from this agent. */
export function withdrawnForAgent({ payload, sequence }: EventEnvelope<DeliveryWithdrawnPayload>): AgentNotification {
  const { deliveryId, reference, agentId, reason } = payload;
  return { kind: 'delivery_withdrawn', deliveryId, reference, heard: { sequence, agentId }, reason };
}

/** Judges a notification against what is known of its delivery. */
export function decideNotification(brief: Brief, notification: AgentNotification): MessageDecision {
  switch (notification.kind) {
    case 'assignment':
      return decideOnAssignment(brief, notification.heard);
    case 'instructions_changed':
      return decideOnChange(brief, notification.heard);
    case 'delivery_canceled':
    case 'delivery_withdrawn':
      return decideOnEnd(brief, notification.heard);
  }
}

/** Fixed words: they go out by push and SMS, where nobody's free words belong. */
const WITHDRAWAL_WORDS: Record<WithdrawalReason, string> = {
  reassigned: 'Do not deliver it: somebody else does.',
  changed: 'Do not deliver it as it was: it changed and is planned anew.',
  replanned: 'Do not deliver it now: it is planned for another time.',
  rescheduled: 'Do not deliver it now: the customer wants another time.',
  refused: 'Do not deliver it: the customer refuses it.',
};

/**
 * What the agent is to do, in one line.
 * @param instructions what the customer wants by now, which may be newer than the notification
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
      return WITHDRAWAL_WORDS[notification.reason];
  }
}
