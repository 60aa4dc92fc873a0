import { TEXT_REASONS } from '#libs/domain/text-messages/text-message.values.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  PhoneField,
  PositionField,
  TextField,
  TextListField,
} from '../fields/index.js';
import { DAY_OFF } from '../gateway/organization.js';
import { defineEvent } from '../kernel/index.js';
import { Instructions, LANGUAGES, TimeWindow, type Language } from '../values/index.js';
import { LEGAL_BASES, type LegalBasis } from './customer.js';
import { PreferredPlace } from './customer-preferences.js';
import { AssignmentReason } from './delivery.js';
import { DeliveryFact } from './delivery-fact.js';

export { DeliveryFact };

export class DeliveryCreatedPayload extends DeliveryFact {
  @IdField() customerId!: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

export class CallPlannedPayload extends DeliveryFact {
  @IntegerField({ min: 1 }) attempt!: number;
  @InstantField() at!: string;
  @TextField({ max: 500 }) reason!: string;
  @NumberField({
    optional: true,
    min: 0,
    max: 1,
    description: 'The estimated probability of reaching the customer. Absent if earlier calls allow no estimate.',
  })
  chance?: number;
}

/** Why no call, or no further call, is placed. The delivery proceeds without an answer. */
export class CallWithheldPayload extends DeliveryFact {
  @TextField({ max: 60 }) rule!: string;
  @TextField({ max: 500 }) detail!: string;
}

/** The customer of a delivery, what to ask them, and what the law and the organization permit. */
export class CustomerContact extends DeliveryFact {
  @IdField() customerId!: string;
  @TextField({ max: 120 }) customerName!: string;
  @PhoneField() phone!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @TextField({ max: 120 }) organizationName!: string;
  @TextField({ optional: true, max: 80 }) parcelDescription?: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @ObjectListField(() => TimeWindow, { maxItems: 5 }) alternativeWindows!: TimeWindow[];
  /** The zone in which times are spoken. */
  @TextField({ max: 64 }) zone!: string;
  /** Every zone in which the customer may be. A call must be lawful in all of them. */
  @TextListField({ minItems: 1, maxItems: 60, item: { max: 64 } }) candidateZones!: string[];
  @IntegerField({ min: 0, max: 1440 }) callsFromMinute!: number;
  @IntegerField({ min: 0, max: 1440 }) callsUntilMinute!: number;
  /** The organization's days off, in addition to those of the law. */
  @TextListField({ ...DAY_OFF, optional: true }) daysOff?: string[];
  @ChoiceField(LEGAL_BASES) legalBasis!: LegalBasis;
  /** After this instant an answer can no longer be used, and the customer is neither called nor texted. */
  @InstantField() expiresAt!: string;
  /** The number to which a customer who asks for a person is connected. */
  @PhoneField({ optional: true }) transferNumber?: string;
  /** False if the organization wants no recordings. Otherwise the customer is asked. */
  @FlagField({ optional: true }) mayRecord?: boolean;
  /** Whether to ask for access codes in a separate question, with the recording paused. */
  @FlagField({ optional: true }) pauseForCodes?: boolean;
  @IntegerField({ optional: true, min: 1, max: 3650 }) recordingRetentionDays?: number;
}

/** Everything that telephony needs to hold one conversation, or to refuse the call at an unlawful time. */
export class CallRequestedPayload extends CustomerContact {
  /** Identifies the attempt permanently, so that it is never dialed twice. */
  @IdField() attemptId!: string;
  @IntegerField({ min: 1 }) attempt!: number;
  /** Number of earlier calls for this delivery that rang. */
  @IntegerField({ min: 0 }) attemptsForDelivery!: number;
  /** Number of earlier calls to the customer on this calling day, over all deliveries. */
  @IntegerField({ min: 0 }) attemptsToday!: number;
}

export { TEXT_REASONS };

/** A request to ask the customer by text, once. */
export class CustomerTextRequestedPayload extends CustomerContact {
  /** Identifies the text permanently, so that it is never sent twice. */
  @IdField() textId!: string;
  @ChoiceField(TEXT_REASONS) reason!: (typeof TEXT_REASONS)[number];
  /** For `confirm_reschedule`: the window that the customer asked for. Absent if they named none. */
  @ObjectField(() => TimeWindow, { optional: true }) requestedWindow?: TimeWindow;
}

/** The assigned agent, the customer's instructions, and why this agent was chosen. */
export class DeliveryAssignedPayload extends DeliveryFact {
  @IdField() agentId!: string;
  @TextField({ max: 120 }) agentName!: string;
  @TextField({ max: 120 }) customerName!: string;
  @TextField({ optional: true, max: 300 }) address?: string;
  @PositionField() position!: [number, number];
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
  @ObjectField(() => PreferredPlace, {
    optional: true,
    description:
      'The customer’s usual safe place, stated or learned. Instructions for this delivery take precedence over it.',
  })
  usualPlace?: PreferredPlace;
  @ObjectField(() => AssignmentReason) reason!: AssignmentReason;
  @TextField({ optional: true, max: 100 }) contactOutcome?: string;
  /** False if the customer was not asked or did not answer. */
  @FlagField() customerReached!: boolean;
}

/** Instructions that changed after the agent was notified. */
export class InstructionsChangedPayload extends DeliveryFact {
  @IdField() agentId!: string;
  @ObjectField(() => Instructions) instructions!: Instructions;
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
}

export class DeliveryRescheduledPayload extends DeliveryFact {
  /** Absent if the customer wants another time but did not say which. */
  @ObjectField(() => TimeWindow, { optional: true }) window?: TimeWindow;
}

export class DeliveryRefusedPayload extends DeliveryFact {
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
}

export class DeliveryAcknowledgedPayload extends DeliveryFact {
  @IdField() agentId!: string;
}

/** The agent who had the delivery cannot make it. It waits for another agent. */
export class DeliveryUnassignedPayload extends DeliveryFact {
  @IdField() agentId!: string;
  @TextField({ max: 300 }) reason!: string;
}

export class DeliveryUnassignablePayload extends DeliveryFact {
  @TextField({ max: 1000 }) reason!: string;
}

export const DeliveryCreated = defineEvent({
  subject: 'routing.delivery.created.v1',
  payload: DeliveryCreatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A partner created a delivery.',
});
export const CallPlanned = defineEvent({
  subject: 'routing.delivery.call-planned.v1',
  payload: CallPlannedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A call to the customer was planned, for the given time and reason.',
});
export const CallWithheld = defineEvent({
  subject: 'routing.delivery.call-withheld.v1',
  payload: CallWithheldPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'No call, or no further call, is placed because of the given rule.',
});
export const CustomerTextRequested = defineEvent({
  subject: 'routing.delivery.text-requested.v1',
  payload: CustomerTextRequestedPayload,
  consumers: ['telephony', 'analytics', 'gateway'],
  summary:
    'The customer must be asked by text, because no call reached them, no call is placed, a call announced the text, or ' +
    'they wrote something that must be confirmed.',
});
export const CallRequested = defineEvent({
  subject: 'routing.call.requested.v1',
  payload: CallRequestedPayload,
  consumers: ['telephony', 'transcription', 'analytics', 'gateway'],
  summary: 'An attempt to call the customer is due now.',
});
export const DeliveryAssigned = defineEvent({
  subject: 'routing.delivery.assigned.v1',
  payload: DeliveryAssignedPayload,
  consumers: ['transcription', 'notifications', 'analytics', 'gateway'],
  sealed: true,
  summary: 'A delivery was assigned to an agent.',
});
export const InstructionsChanged = defineEvent({
  subject: 'routing.delivery.instructions-changed.v1',
  payload: InstructionsChangedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The customer’s instructions changed after the agent was notified.',
});
export const DeliveryRescheduled = defineEvent({
  subject: 'routing.delivery.rescheduled.v1',
  payload: DeliveryRescheduledPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'The customer asked for another time.',
});
export const DeliveryRefused = defineEvent({
  subject: 'routing.delivery.refused.v1',
  payload: DeliveryRefusedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The customer refused the parcel.',
});
export const DeliveryAcknowledged = defineEvent({
  subject: 'routing.delivery.acknowledged.v1',
  payload: DeliveryAcknowledgedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'The agent acknowledged the customer’s instructions.',
});
export const DeliveryUnassigned = defineEvent({
  subject: 'routing.delivery.unassigned.v1',
  payload: DeliveryUnassignedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'A delivery was taken from its agent and is planned again.',
});
export const DeliveryUnassignable = defineEvent({
  subject: 'routing.delivery.unassignable.v1',
  payload: DeliveryUnassignablePayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'No agent can take a delivery. The event names the binding constraint.',
});
