/** How a completed attempt ended. */
export const CALL_OUTCOMES = [
  'answered',
  'voicemail',
  'busy',
  'no_answer',
  'failed',
  'canceled',
  /** Somebody picked up, but the conversation broke off before anything was decided. */
  'dropped',
  /** A person picked up and hung up before they answered the first question (see `isEarlyHangUp`). */
  'hung_up_early',
  /** The carrier never made the call. */
  'not_placed',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** What a dispatcher does to a call that goes on: talk to the customer instead of us, or end it. */
export const CALL_INTERVENTIONS = ['take_over', 'end'] as const;
export type CallIntervention = (typeof CALL_INTERVENTIONS)[number];
