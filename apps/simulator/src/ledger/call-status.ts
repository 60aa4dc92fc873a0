export type CallDirection = 'inbound' | 'outbound-api' | 'outbound-dial';

/** Twilio's call statuses. The last five are final. */
export type CallStatus =
  'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

/** The party that ended a call; `crash` if the simulator crashed during the call. */
export type EndedBy = 'customer' | 'application' | 'carrier' | 'crash';

/** Whether a call with this status has ended. */
export function isFinal(status: CallStatus): boolean {
  return status !== 'queued' && status !== 'ringing' && status !== 'in-progress';
}
