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
import { PreferredPlace } from './customer-wishes.js';
import { AssignmentReason } from './delivery.js';

/** The least every event about a delivery says. */
export class DeliveryFact {
  @IdField() deliveryId!: string;
  @TextField({ max: 100 }) reference!: string;
}

export class DeliveryCreatedPayload extends DeliveryFact {
  @IdField() customerId!: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
}

export class CallPlannedPayload extends DeliveryFact {
  @IntegerField({ min: 1 }) attempt!: number;
  @InstantField() at!: string;
  @TextField({ max: 500 }) reason!: string;
  @NumberField({ optional: true, min: 0, max: 1, description: 'Of reaching somebody, where earlier calls say.' })
  chance?: number;
}

/** Why no (further) call is made; the delivery goes on without an answer. */
export class CallWithheldPayload extends DeliveryFact {
  @TextField({ max: 60 }) rule!: string;
  @TextField({ max: 500 }) detail!: string;
}

/** Whom a delivery is for, what they are asked about it, and what the law and the organisation allow. */
export class CustomerContact extends DeliveryFact {
  @IdField() customerId!: string;
  @TextField({ max: 120 }) customerName!: string;
  @PhoneField() phone!: string;
  @ChoiceField(LANGUAGES) language!: Language;
  @TextField({ max: 120 }) organizationName!: string;
  @TextField({ optional: true, max: 80 }) parcelDescription?: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @ObjectListField(() => TimeWindow, { maxItems: 5 }) alternativeWindows!: TimeWindow[];
  /** The zone times are spoken in. */
  @TextField({ max: 64 }) zone!: string;
  /** Every zone the customer may be in: ringing must be lawful in all of them. */
  @TextListField({ minItems: 1, maxItems: 60, item: { max: 64 } }) candidateZones!: string[];
  @IntegerField({ min: 0, max: 1440 }) callsFromMinute!: number;
  @IntegerField({ min: 0, max: 1440 }) callsUntilMinute!: number;
  /** The organisation's, beside the law's. */
  @TextListField({ ...DAY_OFF, optional: true }) daysOff?: string[];
  @ChoiceField(LEGAL_BASES) legalBasis!: LegalBasis;
  /** After this instant an answer no longer helps, and nobody is called or written to. */
  @InstantField() expiresAt!: string;
  /** Where whoever wants a person is connected to. */
  @PhoneField({ optional: true }) transferNumber?: string;
  /** False where the organisation wants none; else the customer is asked. */
  @FlagField({ optional: true }) mayRecord?: boolean;
  /** Ask for codes by themselves, with the recording paused. */
  @FlagField({ optional: true }) pauseForCodes?: boolean;
  /** How long the recording is kept. */
  @IntegerField({ optional: true, min: 1, max: 3650 }) recordingRetentionDays?: number;
}

/** Everything telephony needs to hold one conversation, and to refuse it when the moment is unlawful. */
export class CallRequestedPayload extends CustomerContact {
  /** Names this one attempt for ever: never dialled twice. */
  @IdField() attemptId!: string;
  @IntegerField({ min: 1 }) attempt!: number;
  @IntegerField({ min: 0 }) attemptsForDelivery!: number;
  @IntegerField({ min: 0 }) attemptsToday!: number;
}

export { TEXT_REASONS };

/** The customer is to be asked by text, once. */
export class CustomerTextRequestedPayload extends CustomerContact {
  /** Names this one text for ever: never sent twice. */
  @IdField() textId!: string;
  @ChoiceField(TEXT_REASONS) reason!: (typeof TEXT_REASONS)[number];
}

/** The agent who delivers, what the customer wants, and why this agent. */
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
    description: 'Where parcels are left for them, as stated or learned; what they said about this one comes first.',
  })
  usualPlace?: PreferredPlace;
  @ObjectField(() => AssignmentReason) reason!: AssignmentReason;
  @TextField({ optional: true, max: 100 }) contactOutcome?: string;
  /** False when the customer was not asked or did not answer. */
  @FlagField() customerReached!: boolean;
}

/** What the customer wants changed after the agent was told. */
export class InstructionsChangedPayload extends DeliveryFact {
  @IdField() agentId!: string;
  @ObjectField(() => Instructions) instructions!: Instructions;
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
}

export class DeliveryRescheduledPayload extends DeliveryFact {
  /** Absent when the customer wants another time without saying which. */
  @ObjectField(() => TimeWindow, { optional: true }) window?: TimeWindow;
}

export class DeliveryRefusedPayload extends DeliveryFact {
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
}

export class DeliveryAcknowledgedPayload extends DeliveryFact {
  @IdField() agentId!: string;
}

/** The agent who had it cannot do it; it waits for another one. */
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
  summary: 'A partner’s delivery was accepted.',
});
export const CallPlanned = defineEvent({
  subject: 'routing.delivery.call-planned.v1',
  payload: CallPlannedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'When the customer will be called, and why then.',
});
export const CallWithheld = defineEvent({
  subject: 'routing.delivery.call-withheld.v1',
  payload: CallWithheldPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'No (further) call is made, by which rule.',
});
export const CustomerTextRequested = defineEvent({
  subject: 'routing.delivery.text-requested.v1',
  payload: CustomerTextRequestedPayload,
  consumers: ['telephony', 'analytics', 'gateway'],
  summary: 'The customer is to be asked by text: no call reached them, none is made, or one promised it.',
});
export const CallRequested = defineEvent({
  subject: 'routing.call.requested.v1',
  payload: CallRequestedPayload,
  consumers: ['telephony', 'transcription', 'analytics', 'gateway'],
  summary: 'One attempt to reach the customer is due now.',
});
export const DeliveryAssigned = defineEvent({
  subject: 'routing.delivery.assigned.v1',
  payload: DeliveryAssignedPayload,
  consumers: ['transcription', 'notifications', 'analytics', 'gateway'],
  sealed: true,
  summary: 'An agent was chosen.',
});
export const InstructionsChanged = defineEvent({
  subject: 'routing.delivery.instructions-changed.v1',
  payload: InstructionsChangedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The customer’s wishes changed after the agent was told.',
});
export const DeliveryRescheduled = defineEvent({
  subject: 'routing.delivery.rescheduled.v1',
  payload: DeliveryRescheduledPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'The customer chose another time.',
});
export const DeliveryRefused = defineEvent({
  subject: 'routing.delivery.refused.v1',
  payload: DeliveryRefusedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  sealed: true,
  summary: 'The customer does not want the parcel.',
});
export const DeliveryAcknowledged = defineEvent({
  subject: 'routing.delivery.acknowledged.v1',
  payload: DeliveryAcknowledgedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'The agent has read what the customer wants.',
});
export const DeliveryUnassigned = defineEvent({
  subject: 'routing.delivery.unassigned.v1',
  payload: DeliveryUnassignedPayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'It was taken from its agent and is planned anew.',
});
export const DeliveryUnassignable = defineEvent({
  subject: 'routing.delivery.unassignable.v1',
  payload: DeliveryUnassignablePayload,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'No agent can take it, with the constraint that binds.',
});
