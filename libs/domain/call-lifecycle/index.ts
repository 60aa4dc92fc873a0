export { applyCallEvent, applyCarrierStatus, newCall, type AppliedCallEvent } from './apply-call-event.js';
export { isEarlyHangUp, MAX_EARLY_HANG_UP_SECONDS } from './early-hang-up.js';
export { joinFacts, judge, NO_FACTS } from './facts.js';
export { judgeUnknown, type ListedCall, type UnknownAttempt, type UnknownVerdict } from './judge-unknown.js';
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
