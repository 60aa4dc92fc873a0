export { applyCallEvent, applyCarrierStatus, createCall, type AppliedCallEvent } from './apply-call-event.js';
export { isEarlyHangUp, MAX_EARLY_HANG_UP_SECONDS } from './early-hang-up.js';
export { joinFacts, toStateAndOutcome, NO_FACTS } from './facts.js';
export {
  resolveUnknownAttempt,
  type ListedCall,
  type UnknownAttempt,
  type UnknownResolution,
} from './resolve-unknown-attempt.js';
export type {
  AnsweredBy,
  Call,
  CallEffect,
  CallEvent,
  CallFacts,
  CallOutcome,
  CallState,
  CarrierEnd,
  CarrierStatus,
  CarrierStatusEvent,
  ConversationEnding,
  FirstQuestion,
} from './types.js';
