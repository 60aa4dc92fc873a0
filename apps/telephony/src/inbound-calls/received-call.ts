import { CallReceived } from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/index.js';
import { acceptedCall, type CallLog } from '../call-log/call-log.module.js';
import type { OpenQuestion } from '../open-questions/open-questions.module.js';

/** Names the attempt that a customer's own call is. */
export const ringBackIdOf = (carrierCallId: string): string => `in.${carrierCallId}`;

/**
 * A customer rings back: an attempt of its own, about what the call they missed was about.
 * @param isNumberFree no call to the number is open; this one is then the open one
 */
export function receivedCall(
  { askedBy: ringBackOf, phone, request }: OpenQuestion,
  carrierCallId: string,
  isNumberFree: boolean,
  now: Date,
): { readonly callLog: NewAggregate<CallLog>; readonly events: AggregateEvent[] } {
  const attemptId = ringBackIdOf(carrierCallId);
  const { deliveryId } = request;
  const callLog = {
    ...acceptedCall({ ...request, attemptId }, now),
    ringBackOf,
    dialedAt: now,
    ...(isNumberFree ? { openNumber: phone } : {}),
  };
  const told = { attemptId, deliveryId, ringBackOf, customerId: request.customerId };
  return { callLog, events: [aggregateEvent(CallReceived, told, now)] };
}
