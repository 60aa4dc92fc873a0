import { ChoiceField, IdField, IntegerField } from '#libs/contracts/fields/index.js';
import { ContractRegistry, defineCommand, defineEvent, defineQuery } from '#libs/contracts/kernel/index.js';

/**
 * The behavior of the event handler of an order, chosen by the test. `works` stores the effect. `fails` throws until
 * the test repairs it. `kills` kills the process inside the handler. `dies-once` kills it once, after the commit and
 * before the acknowledgement. `smells` declares that it stores nothing (`hasNoStoredEffect`); `burns` declares so, too, but
 * uses the transaction. `loses-database` fails at its first delivery and then finds the database unavailable until the
 * test restores it.
 */
export const BEHAVIORS = ['works', 'fails', 'kills', 'dies-once', 'smells', 'burns', 'loses-database'] as const;
export type Behavior = (typeof BEHAVIORS)[number];

export class PlaceOrderRequest {
  @IdField() orderId!: string;
  @IntegerField({ min: 1, max: 100 }) portions!: number;
  @ChoiceField(BEHAVIORS) behavior!: Behavior;
  /** Kills the process after the order is committed and before its events are published. */
  @ChoiceField(['before-publish'], { optional: true }) die?: 'before-publish';
}

export class Placed {
  @IdField() orderId!: string;
  @IntegerField() sequence!: number;
}

export class OrderPortion {
  @IdField() orderId!: string;
  @IntegerField({ min: 1 }) portion!: number;
  @ChoiceField(BEHAVIORS) behavior!: Behavior;
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
  summary: 'A portion was ordered.',
});

export const fixtureRegistry = new ContractRegistry([PortionOrdered], [PlaceOrder, GetOrder]);
