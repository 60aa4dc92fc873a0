import {
  ASKED_DECISIONS,
  CONFIRMATION_STATES,
  type AskedDecision,
  type ConfirmationState,
} from '#libs/domain/text-messages/text-message.values.js';
import { ChoiceField, IdField, InstantField, ObjectField } from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';
import { TimeWindow } from '../values/index.js';
import { DeliveryFact } from './delivery-fact.js';

export { ASKED_DECISIONS, CONFIRMATION_STATES, type AskedDecision, type ConfirmationState };

/** A wish in a customer's text that cannot be undone. It takes effect when the customer confirms it. */
export class Confirmation {
  @IdField({ description: 'The text message that contains the wish.' }) messageId!: string;
  @ChoiceField(ASKED_DECISIONS, {
    description: 'What the customer wrote: they refuse the parcel, or want another time.',
  })
  decision!: AskedDecision;
  @ObjectField(() => TimeWindow, {
    optional: true,
    description: 'The time that the customer wants, if they named one.',
  })
  window?: TimeWindow;
  @ChoiceField(CONFIRMATION_STATES, {
    description:
      'Whether the customer confirmed it. `unanswered`: the delivery proceeds as planned, and a dispatcher decides.',
  })
  state!: ConfirmationState;
  @InstantField({ optional: true, description: 'When the customer was asked. Absent if they could not be asked.' })
  askedAt?: string;
  @InstantField({
    optional: true,
    description: 'Until when the delivery is held for the answer. Present while the answer is awaited.',
  })
  heldUntil?: string;
}

export class ConfirmationChangedPayload extends DeliveryFact {
  @ObjectField(() => Confirmation) confirmation!: Confirmation;
}

export const ConfirmationChanged = defineEvent({
  subject: 'routing.delivery.confirmation-changed.v1',
  payload: ConfirmationChangedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A customer wrote something that cannot be undone and is asked to confirm it, answered, or did not answer.',
});
