/** The states of a delivery. */
export const DELIVERY_STATES = [
  'created',
  'call_planned',
  'calling',
  /** The call is over; its recording is being transcribed and analyzed. */
  'awaiting_understanding',
  'ready_to_assign',
  'assigned',
  'acknowledged',
  /** The agent is on the way with the parcel. */
  'out_for_delivery',
  'delivered',
  /** The hand-over failed. Not terminal: the delivery is planned for another window, or canceled. */
  'failed',
  /**
   * The customer agreed to another window. Terminal for this plan: the delivery needs no further call, and the new
   * window gets a plan of its own, which starts in `ready_to_assign`. The state is left only if the customer in fact
   * decided otherwise.
   */
  'rescheduled',
  'refused',
  'canceled',
  /** No agent can take the delivery now. It is assigned as soon as one can. */
  'unassignable',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
