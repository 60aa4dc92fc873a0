export { applyCallEvent, applyCarrierStatus, newCall, type AppliedCallEvent } from './apply-call-event.js';
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
} from './types.js';
