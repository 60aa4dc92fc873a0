export const DELIVERY_STATES = [
  'created',
  'call_planned',
  'calling',
  /** The call is over; its recording is being transcribed and analysed. */
  'awaiting_understanding',
  'ready_to_assign',
  'assigned',
  'acknowledged',
  /** The agent has set out with it. */
  'out_for_delivery',
  'delivered',
  /** It could not be handed over. Not the end: it is planned for another window, or canceled. */
  'failed',
  /**
   * The customer agreed to another window. Terminal for this plan: the delivery needs no further call and is planned
   * for the new window as a plan of its own, which starts in `ready_to_assign`. It is left only when the customer turns
   * out to have decided otherwise.
   */
  'rescheduled',
  'refused',
  'canceled',
  /** No agent can take it as things are; it leaves as soon as one can. */
  'unassignable',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
