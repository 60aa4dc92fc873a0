import type { CallOutcome } from '#libs/domain/call-lifecycle/index.js';
import {
  DELIVERY_TRANSITIONS,
  TERMINAL_DELIVERY_STATES,
  type DeliveryEvent,
  type DeliveryState,
  type DeliveryTrigger,
} from './transitions.js';

/** The next state, or the reason why the event is illegal in this state. */
export type TransitionResult =
  | { readonly ok: true; readonly state: DeliveryState }
  | {
      readonly ok: false;
      readonly code: 'illegal_transition';
      readonly state: DeliveryState;
      readonly trigger: DeliveryTrigger;
    };

/**
 * Applies an event to a delivery's state. An event that is illegal in this state is refused with a code, not thrown.
 */
export function transition(state: DeliveryState, event: DeliveryEvent): TransitionResult {
  const trigger = toTrigger(event);
  const next = DELIVERY_TRANSITIONS[state][trigger];
  return next ? { ok: true, state: next } : { ok: false, code: 'illegal_transition', state, trigger };
}

/** Whether the state is terminal; see {@link TERMINAL_DELIVERY_STATES}. */
export const isTerminal = (state: DeliveryState): boolean =>
  (TERMINAL_DELIVERY_STATES as readonly DeliveryState[]).includes(state);

const CONVERSATION_OUTCOMES: readonly CallOutcome[] = ['answered', 'dropped'];

/** Whether a call with this outcome may contain words of the customer that can be analyzed. */
export const hasConversation = (outcome: CallOutcome): boolean => CONVERSATION_OUTCOMES.includes(outcome);

/** Maps an event to its trigger in the transition table. */
export function toTrigger(event: DeliveryEvent): DeliveryTrigger {
  if (event.kind !== 'call_ended') return event.kind;
  if (event.retry) return 'call_ended:retry';
  return hasConversation(event.outcome) ? 'call_ended:reached' : 'call_ended:unreached';
}
