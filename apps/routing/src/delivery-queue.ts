/** Routing's queue: calls that are due, understanding that is overdue, deliveries that want an agent. */
export const DELIVERY_QUEUE = 'delivery_queue';
