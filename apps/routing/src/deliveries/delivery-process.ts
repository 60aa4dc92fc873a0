import { Logger } from '@nestjs/common';
import { CodedError } from '#libs/contracts/index.js';
import {
  isTerminal,
  transition,
  type DeliveryEvent,
  type DeliveryState,
} from '#libs/domain/delivery-lifecycle/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';

const logger = new Logger('DeliveryProcess');

/**
 * Applies an event to a delivery with the domain's transition table.
 * @returns the delivery in its new state, or `null` if the state does not permit the event. Events arrive late and
 *   repeatedly, so this is not an error. It is logged, so that an operator can see why the event had no effect.
 */
export function advance(delivery: DeliveryDocument, event: DeliveryEvent, now: Date): DeliveryDocument | null {
  const result = transition(delivery.state, event);
  if (result.ok) return { ...delivery, state: result.state, updatedAt: now };
  logger.debug(
    { deliveryId: delivery._id, state: result.state, trigger: result.trigger },
    'Delivery event ignored: the state does not permit it',
  );
  return null;
}

export const isOver = (delivery: DeliveryDocument): boolean => isTerminal(delivery.state);

const DECIDED_STATES: readonly DeliveryState[] = ['delivered', 'failed', 'canceled'];

/** Whether the customer can still decide that the delivery is refused, moved, or made as planned. */
export const isOpenToDecisions = ({ state }: Pick<DeliveryDocument, 'state'>): boolean =>
  !DECIDED_STATES.includes(state);

/**
 * Whether the delivery is held: it gets no agent while the customer is asked to confirm what they wrote. The hold ends
 * with the answer or its timeout, and never lasts longer than an answer can be used for planning.
 */
export const isHeld = ({ confirmation, decideBy }: DeliveryDocument, now: Date): boolean =>
  confirmation?.state === 'awaited' && decideBy > now;

/** Removes a confirmation that can have no effect any more, so that no dispatcher is asked to decide it. */
export function withoutObsoleteConfirmation(delivery: DeliveryDocument): DeliveryDocument {
  const { confirmation, ...rest } = delivery;
  const isOpen = confirmation?.state === 'awaited' || confirmation?.state === 'unanswered';
  return isOpen && !isOpenToDecisions(delivery) ? rest : delivery;
}

/** Returns the fields that every event about a delivery has. */
export const toDeliveryEventFields = ({
  _id,
  reference,
}: DeliveryDocument): { deliveryId: string; reference: string } => ({
  deliveryId: _id,
  reference,
});

/** Returns the permanent id of the delivery's latest attempt. Telephony never dials the same attempt twice. */
export const toAttemptId = (delivery: DeliveryDocument): string => `${delivery._id}.${delivery.attempts}`;

/** Replaces the phone number of an erased customer. It is not a valid number. */
export const ERASED_NUMBER = '+10000000000';

/** Whether the delivery's customer is erased. Late reports about them must not be stored. */
export const isErased = ({ customer }: DeliveryDocument): boolean => customer.phone === ERASED_NUMBER;

/** @throws CodedError `delivery_over` if the delivery is in a terminal state */
export function checkNotOver({ _id, state }: DeliveryDocument): void {
  if (isTerminal(state))
    throw new CodedError('delivery_over', `Delivery ${_id} is ${state}: it cannot be changed; create a new one.`);
}

/** @throws CodedError `delivery_in_call` while the customer is, or may be, in a call */
export function checkNotInCall({ _id, state, openAttemptId }: DeliveryDocument): void {
  if (state === 'calling' || openAttemptId !== undefined)
    throw new CodedError(
      'delivery_in_call',
      `The customer of ${_id} is being called: try again when the call is over.`,
    );
}
