import { ChoiceField, IdField, IntegerField } from '#libs/contracts/fields/index.js';
import { ContractRegistry, defineCommand, defineEvent, defineQuery } from '#libs/contracts/kernel/index.js';

/**
 * What the handler of an order is to do, so that a test can bring about any end: `fails` until the test repairs it,
 * `kills` ends the process inside the handler, `dies-once` ends it after the commit and before the acknowledgement. A
 * `smells` is only a hint and keeps nothing; a `burns` says so too, and then writes all the same. A `loses-database` fails
 * at its first delivery, and then finds the database unavailable until the test says that it is back.
 */
export const BEHAVIOURS = ['works', 'fails', 'kills', 'dies-once', 'smells', 'burns', 'loses-database'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export class PlaceOrderRequest {
  @IdField() orderId!: string;
  @IntegerField({ min: 1, max: 100 }) portions!: number;
  @ChoiceField(BEHAVIOURS) behaviour!: Behaviour;
  /** The process ends after the order is committed and before its events are published. */
  @ChoiceField(['before-publish'], { optional: true }) die?: 'before-publish';
}

export class Placed {
  @IdField() orderId!: string;
  @IntegerField() sequence!: number;
}

export class OrderPortion {
  @IdField() orderId!: string;
  @IntegerField({ min: 1 }) portion!: number;
  @ChoiceField(BEHAVIOURS) behaviour!: Behaviour;
}

export class GetOrderRequest {
  @IdField() orderId!: string;
}

export const PlaceOrder = defineCommand({
  subject: 'rpc.routing.order.place.v1',
  request: PlaceOrderRequest,
  reply: Placed,
  errors: ['sold_out'],
  callers: ['telephony'],
  summary: 'Places an order; each of its portions is one event.',
});

export const GetOrder = defineQuery({
  subject: 'rpc.routing.order.get.v1',
  request: GetOrderRequest,
  reply: Placed,
  callers: ['telephony'],
  summary: 'One order.',
});

export const PortionOrdered = defineEvent({
  subject: 'routing.order.portion-ordered.v1',
  payload: OrderPortion,
  consumers: ['telephony'],
  summary: 'A portion is to be cooked.',
});

export const fixtureRegistry = new ContractRegistry([PortionOrdered], [PlaceOrder, GetOrder]);
