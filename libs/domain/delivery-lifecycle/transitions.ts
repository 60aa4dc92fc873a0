import { DELIVERY_STATES, type DeliveryState } from './delivery.values.js';
import type { CallOutcome } from '#libs/domain/call-lifecycle/index.js';

export { DELIVERY_STATES, type DeliveryState };

/** The terminal states. `rescheduled` is terminal for the previous window only; see {@link DELIVERY_STATES}. */
export const TERMINAL_DELIVERY_STATES = [
  'delivered',
  'rescheduled',
  'refused',
  'canceled',
] as const satisfies DeliveryState[];

/** An event of a delivery, as the apps report it. */
export type DeliveryEvent =
  | { readonly kind: 'call_planned' }
  /** No lawful or useful time for a call is left. */
  | { readonly kind: 'call_impossible' }
  | { readonly kind: 'call_started' }
  | {
      readonly kind: 'call_ended';
      readonly outcome: CallOutcome;
      /** Whether another attempt follows (see `retryPolicy`). */
      readonly retry: boolean;
    }
  /** The customer decided something during the call, by key or by speech of high confidence. */
  | { readonly kind: 'answers_keyed' }
  | { readonly kind: 'instructions_extracted' }
  | { readonly kind: 'understanding_timed_out' }
  | { readonly kind: 'reschedule_agreed' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'opt_out' }
  /** A refusal or postponement is reversed: the customer was misunderstood, or changed their mind. */
  | { readonly kind: 'reinstated' }
  | { readonly kind: 'assigned' }
  | { readonly kind: 'acknowledged' }
  /** The agent declined or became unavailable, or the plan changed. */
  | { readonly kind: 'unassigned' }
  | { readonly kind: 'no_agent' }
  | { readonly kind: 'set_out' }
  | { readonly kind: 'handed_over' }
  | { readonly kind: 'hand_over_failed' }
  /**
   * A partner or dispatcher sets another window: the delivery is planned from the start, and the customer asked again.
   */
  | { readonly kind: 'replanned' }
  | { readonly kind: 'cancel' };

/** The triggers of the transition table: the kinds of event, with the end of a call split by its consequence. */
export const DELIVERY_TRIGGERS = [
  'call_planned',
  'call_impossible',
  'call_started',
  'call_ended:reached',
  'call_ended:retry',
  'call_ended:unreached',
  'answers_keyed',
  'instructions_extracted',
  'understanding_timed_out',
  'reschedule_agreed',
  'refused',
  'opt_out',
  'reinstated',
  'assigned',
  'acknowledged',
  'unassigned',
  'no_agent',
  'set_out',
  'handed_over',
  'hand_over_failed',
  'replanned',
  'cancel',
] as const;
export type DeliveryTrigger = (typeof DELIVERY_TRIGGERS)[number];

type Row = Readonly<Partial<Record<DeliveryTrigger, DeliveryState>>>;

/** Reports from other apps that arrive late: the delivery stays in its state. */
const ignoreLateReports = (state: DeliveryState): Row => ({
  'call_ended:reached': state,
  'call_ended:retry': state,
  'call_ended:unreached': state,
  answers_keyed: state,
  instructions_extracted: state,
  understanding_timed_out: state,
  opt_out: state,
});

/** Decisions of a customer or partner that are possible until the delivery is in a terminal state. */
const DECISIONS: Row = { reschedule_agreed: 'rescheduled', refused: 'refused', cancel: 'canceled' };

/** The delivery may be planned from the start while no call about its window is in progress. */
const REPLANNABLE: Row = { replanned: 'created' };

/** The results of the hand-over. */
const HAND_OVER_RESULTS: Row = { handed_over: 'delivered', hand_over_failed: 'failed' };

/** The customer's decision proves wrong, and the delivery is planned from the start. */
const REINSTATABLE: Row = { reinstated: 'created' };

/**
 * The transition table of a delivery. A trigger without an entry is illegal in that state.
 *
 * Instructions and the report that their call ended come from different apps and may arrive in either order.
 * Instructions that arrive first wait for the report, so that both orders give the same state.
 */
export const DELIVERY_TRANSITIONS: Readonly<Record<DeliveryState, Row>> = {
  created: {
    ...DECISIONS,
    ...REPLANNABLE,
    call_planned: 'call_planned',
    call_impossible: 'ready_to_assign',
    opt_out: 'ready_to_assign',
  },
  call_planned: {
    ...DECISIONS,
    ...REPLANNABLE,
    call_planned: 'call_planned',
    call_impossible: 'ready_to_assign',
    opt_out: 'ready_to_assign',
    call_started: 'calling',
    'call_ended:reached': 'awaiting_understanding',
    'call_ended:retry': 'call_planned',
    'call_ended:unreached': 'ready_to_assign',
    // Instructions of an earlier attempt that broke off: they are kept, but the next call is still planned.
    instructions_extracted: 'call_planned',
  },
  calling: {
    ...DECISIONS,
    answers_keyed: 'calling',
    opt_out: 'calling',
    'call_ended:reached': 'awaiting_understanding',
    'call_ended:retry': 'call_planned',
    'call_ended:unreached': 'ready_to_assign',
    // It is not known yet whether this call broke off and is repeated.
    instructions_extracted: 'calling',
    // The dial was refused at the last moment.
    call_planned: 'call_planned',
    call_impossible: 'ready_to_assign',
  },
  awaiting_understanding: {
    ...DECISIONS,
    ...REPLANNABLE,
    ...ignoreLateReports('awaiting_understanding'),
    instructions_extracted: 'ready_to_assign',
    understanding_timed_out: 'ready_to_assign',
  },
  ready_to_assign: {
    ...DECISIONS,
    ...REPLANNABLE,
    ...ignoreLateReports('ready_to_assign'),
    assigned: 'assigned',
    no_agent: 'unassignable',
    // A dispatcher starts a call where none was possible before.
    call_started: 'calling',
  },
  assigned: {
    ...DECISIONS,
    ...REPLANNABLE,
    ...HAND_OVER_RESULTS,
    ...ignoreLateReports('assigned'),
    assigned: 'assigned',
    acknowledged: 'acknowledged',
    unassigned: 'ready_to_assign',
    set_out: 'out_for_delivery',
  },
  acknowledged: {
    ...DECISIONS,
    ...REPLANNABLE,
    ...HAND_OVER_RESULTS,
    ...ignoreLateReports('acknowledged'),
    assigned: 'assigned',
    acknowledged: 'acknowledged',
    unassigned: 'ready_to_assign',
    set_out: 'out_for_delivery',
  },
  unassignable: {
    ...DECISIONS,
    ...REPLANNABLE,
    ...ignoreLateReports('unassignable'),
    assigned: 'assigned',
    no_agent: 'unassignable',
    call_started: 'calling',
  },
  out_for_delivery: {
    ...DECISIONS,
    ...REPLANNABLE,
    ...HAND_OVER_RESULTS,
    ...ignoreLateReports('out_for_delivery'),
    acknowledged: 'out_for_delivery',
    unassigned: 'ready_to_assign',
  },
  delivered: ignoreLateReports('delivered'),
  failed: { ...ignoreLateReports('failed'), ...REPLANNABLE, cancel: 'canceled' },
  rescheduled: { ...ignoreLateReports('rescheduled'), ...REINSTATABLE, refused: 'refused' },
  refused: { ...ignoreLateReports('refused'), ...REINSTATABLE },
  canceled: ignoreLateReports('canceled'),
};
