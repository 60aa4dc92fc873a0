import { Logger } from '@nestjs/common';
import { CodedError } from '#libs/contracts/index.js';
import { isTerminal, transition, type DeliveryEvent } from '#libs/domain/delivery-lifecycle/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';

const logger = new Logger('DeliveryProcess');

/**
 * Moves a delivery on by the domain's table.
 * @returns the moved delivery, or `null` where the event cannot happen in this state: events come late and doubled, and
 *   such a one changes nothing. It is logged, because a person should be able to see why nothing happened.
 */
export function advance(delivery: DeliveryDocument, event: DeliveryEvent, now: Date): DeliveryDocument | null {
  const result = transition(delivery.state, event);
  if (result.ok) return { ...delivery, state: result.state, updatedAt: now };
  logger.debug(
    { deliveryId: delivery._id, state: result.state, trigger: result.trigger },
    'Too late to change anything',
  );
  return null;
}

export const isOver = (delivery: DeliveryDocument): boolean => isTerminal(delivery.state);

/** What every event about a delivery says. */
export const factOf = ({ _id, reference }: DeliveryDocument): { deliveryId: string; reference: string } => ({
  deliveryId: _id,
  reference,
});

/** Names one attempt for ever; telephony never dials the same one twice. */
export const attemptIdOf = (delivery: DeliveryDocument): string => `${delivery._id}.${delivery.attempts}`;

/** The number of a customer who is forgotten: it rings nowhere. */
export const ERASED_NUMBER = '+10000000000';

/** Its customer is forgotten: what is reported late of them is not kept. */
export const isErased = ({ customer }: DeliveryDocument): boolean => customer.phone === ERASED_NUMBER;

/** @throws CodedError `delivery_over` when nothing that is decided here can change it any more */
export function checkNotOver({ _id, state }: DeliveryDocument): void {
  if (isTerminal(state))
    throw new CodedError('delivery_over', `Delivery ${_id} is ${state}: it cannot be changed; post a new one.`);
}

/** @throws CodedError `delivery_in_call` while the customer is, or may be, being talked to */
export function checkNotInCall({ _id, state, openAttemptId }: DeliveryDocument): void {
  if (state === 'calling' || openAttemptId !== undefined)
    throw new CodedError(
      'delivery_in_call',
      `The customer of ${_id} is being called: try again when the call is over.`,
    );
}
