import { CallReceived } from '#libs/contracts/index.js';
import { createAggregateEvent, type AggregateEvent, type NewAggregate } from '#libs/persistence/index.js';
import { newCallLog, type CallLog } from '../call-log/call-log.module.js';
import type { OpenQuestion } from '../open-questions/open-questions.module.js';

/** Derives the attempt id of an inbound callback. */
export const toInboundAttemptId = (carrierCallId: string): string => `in.${carrierCallId}`;

/**
 * Builds the attempt of an inbound callback. It repeats the request of the question that the customer calls back about.
 * @param isNumberFree whether no call to the number is open, so that this call reserves the number
 */
export function newInboundCallback(
  { askedBy: ringBackOf, phone, request }: OpenQuestion,
  carrierCallId: string,
  isNumberFree: boolean,
  now: Date,
): { readonly callLog: NewAggregate<CallLog>; readonly events: AggregateEvent[] } {
  const attemptId = toInboundAttemptId(carrierCallId);
  const { deliveryId } = request;
  const callLog = {
    ...newCallLog({ ...request, attemptId }, now),
    ringBackOf,
    dialedAt: now,
    ...(isNumberFree ? { openNumber: phone } : {}),
  };
  const payload = { attemptId, deliveryId, ringBackOf, customerId: request.customerId };
  return { callLog, events: [createAggregateEvent(CallReceived, payload, now)] };
}
