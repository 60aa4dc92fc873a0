export type CallDirection = 'inbound' | 'outbound-api' | 'outbound-dial';

/** Twilio's call statuses. The last five are final. */
export type CallStatus =
  'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

export type EndedBy = 'customer' | 'application' | 'carrier' | 'crash';

export function isFinal(status: CallStatus): boolean {
  return status !== 'queued' && status !== 'ringing' && status !== 'in-progress';
}
