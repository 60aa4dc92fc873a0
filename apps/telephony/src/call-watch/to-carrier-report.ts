import type { CallEvent } from '#libs/domain/call-lifecycle/index.js';
import type { CarrierCall } from '#libs/ports/voice-carrier.js';

/** Maps the carrier's record of a call to a report about it. */
export function toCarrierReport(call: CarrierCall, now: Date): CallEvent {
  const { carrierCallId, status, answeredBy, durationSeconds } = call;
  return { kind: 'carrier_status', carrierCallId, status, occurredAt: now, answeredBy, durationSeconds, isAsked: true };
}
