/** The outcomes of a completed attempt. */
export const CALL_OUTCOMES = [
  'answered',
  'voicemail',
  'busy',
  'no_answer',
  'failed',
  'canceled',
  /** Someone answered, but the conversation broke off before anything was decided. */
  'dropped',
  /** A person answered and hung up before they answered the first question (see `isEarlyHangUp`). */
  'hung_up_early',
  /** The carrier never placed the call. */
  'not_placed',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** The interventions of a dispatcher in a call in progress: to take over the conversation, or to end it. */
export const CALL_INTERVENTIONS = ['take_over', 'end'] as const;
export type CallIntervention = (typeof CALL_INTERVENTIONS)[number];
