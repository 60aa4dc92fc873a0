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
   * The customer agreed to another window. Terminal for the previous window: the delivery needs no further call,
   * and the new window is planned separately, starting in `ready_to_assign`. The delivery leaves this state only if
   * later facts show that the customer decided otherwise.
   */
  'rescheduled',
  'refused',
  'canceled',
  /** No agent can take the delivery now. It is assigned as soon as one can. */
  'unassignable',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
