import type { CallOutcome } from '#libs/domain/call-lifecycle/index.js';
import {
  DELIVERY_TRANSITIONS,
  TERMINAL_DELIVERY_STATES,
  type DeliveryEvent,
  type DeliveryState,
  type DeliveryTrigger,
} from './transitions.js';

export type TransitionResult =
  | { readonly ok: true; readonly state: DeliveryState }
  | {
      readonly ok: false;
      readonly code: 'illegal_transition';
      readonly state: DeliveryState;
      readonly trigger: DeliveryTrigger;
    };

/** The state after an event, or the typed refusal if the event cannot happen in this state. */
export function transition(state: DeliveryState, event: DeliveryEvent): TransitionResult {
  const trigger = triggerOf(event);
  const next = DELIVERY_TRANSITIONS[state][trigger];
  return next ? { ok: true, state: next } : { ok: false, code: 'illegal_transition', state, trigger };
}

export const isTerminal = (state: DeliveryState): boolean =>
  (TERMINAL_DELIVERY_STATES as readonly DeliveryState[]).includes(state);

const CONVERSATIONS: readonly CallOutcome[] = ['answered', 'dropped'];

/** Whether there are words of the customer to understand after a call with this outcome. */
export const hasConversation = (outcome: CallOutcome): boolean => CONVERSATIONS.includes(outcome);

/** The table's name for an event. */
export function triggerOf(event: DeliveryEvent): DeliveryTrigger {
  if (event.kind !== 'call_ended') return event.kind;
  if (event.retry) return 'call_ended:retry';
  return hasConversation(event.outcome) ? 'call_ended:reached' : 'call_ended:unreached';
}
