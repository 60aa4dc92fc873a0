import { DELIVERY_STATES, type DeliveryState } from '#libs/domain/delivery-lifecycle/delivery.values.js';
import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  PositionField,
  TextField,
  TextListField,
} from '../fields/index.js';
import { defineCommand, defineQuery } from '../kernel/index.js';
import { Instructions, SAFE_PLACES, TimeWindow } from '../values/index.js';
import { Confirmation, CONFIRMATION_STATES, type ConfirmationState } from './confirmation.js';
import { CustomerInput } from './customer.js';

export { DELIVERY_STATES, type DeliveryState };

/** What is delivered. */
export class Parcel {
  /** As spoken in a call, for example "a parcel" or "your new bicycle". */
  @TextField({ optional: true, max: 80 }) description?: string;
  @IntegerField({ optional: true, min: 0 }) weightGrams?: number;
  @IntegerField({ optional: true, min: 0 }) volumeMl?: number;
}

/** A delivery to create. */
export class DeliveryInput {
  /** The partner's own identifier of the delivery. */
  @TextField({ max: 100 }) reference!: string;
  @IdField({ optional: true }) customerId?: string;
  @ObjectField(() => CustomerInput, { optional: true }) customer?: CustomerInput;
  /** When the delivery is planned to arrive. */
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  /** The last instant at which the customer's answer can be used. Defaults to the start of the window. */
  @InstantField({ optional: true }) decideBy?: string;
  /** Other windows the customer may be offered. */
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 5 }) alternativeWindows?: TimeWindow[];
  @ObjectField(() => Parcel, { optional: true }) parcel?: Parcel;
  @TextListField({ optional: true, maxItems: 30, item: { max: 40 } }) requires?: string[];
  @IntegerField({ optional: true, min: 0, max: 100 }) priority?: number;
}

/** Why this agent was chosen: the cost of the assignment and the runner-up. Costs are in seconds of work. */
export class AssignmentReason {
  @TextField({ max: 1000 }) explanation!: string;
  @NumberField() cost!: number;
  @IdField({ optional: true }) runnerUpAgentId?: string;
  @NumberField({ optional: true }) runnerUpCost?: number;
  @IntegerField({
    optional: true,
    min: 0,
    description: 'Working time of the delivery in minutes: the drive and the hand-over.',
  })
  minutes?: number;
}

/** Why an agent could not deliver. */
export const FAILURE_REASONS = [
  'nobody_home',
  'refused_at_door',
  'address_not_found',
  'no_access',
  'no_safe_place',
  'damaged',
  'other',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** The result of the hand-over, as the agent reported it. */
export class HandOver {
  @InstantField() at!: string;
  @ChoiceField(FAILURE_REASONS, { optional: true, description: 'Why the hand-over failed. Absent if it succeeded.' })
  reason?: FailureReason;
  @TextField({ optional: true, max: 500 }) note?: string;
  @ChoiceField(SAFE_PLACES, { optional: true }) safePlaceUsed?: (typeof SAFE_PLACES)[number];
  @PositionField({ optional: true }) position?: [number, number];
}

/** When and why the delivery was canceled. The reason is in the words of the person who canceled it. */
export class Cancellation {
  @InstantField() at!: string;
  @TextField({ optional: true, max: 300 }) reason?: string;
}

/** A delivery with its current state, assignment and instructions. */
export class Delivery {
  @IdField() deliveryId!: string;
  /** Incremented by every change. The ETag over HTTP. */
  @IntegerField({ min: 1 }) revision!: number;
  @TextField({ max: 100 }) reference!: string;
  @IdField() customerId!: string;
  @ChoiceField(DELIVERY_STATES) state!: DeliveryState;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @PositionField() position!: [number, number];
  @InstantField({ description: 'The last instant at which the customer’s answer can be used.' }) decideBy!: string;
  @ObjectListField(() => TimeWindow, { maxItems: 5, description: 'Other windows that the customer may be offered.' })
  alternativeWindows!: TimeWindow[];
  @ObjectField(() => Parcel) parcel!: Parcel;
  @TextListField({ maxItems: 30, item: { max: 40 } }) requires!: string[];
  @IntegerField({ min: 0, max: 100 }) priority!: number;
  @IntegerField({ min: 0 }) attempts!: number;
  @InstantField({ optional: true }) plannedCallAt?: string;
  /** The outcome of the last call, or why no call was placed. */
  @TextField({ optional: true, max: 100 }) contactOutcome?: string;
  @ObjectField(() => Instructions, { optional: true }) instructions?: Instructions;
  @TextField({ optional: true, min: 0, max: 10_000 }) transcript?: string;
  @IdField({ optional: true }) recordingId?: string;
  @IdField({ optional: true }) agentId?: string;
  @TextField({ optional: true, max: 120 }) agentName?: string;
  @ObjectField(() => AssignmentReason, { optional: true }) assignment?: AssignmentReason;
  /** Why the delivery could not be assigned to any agent. */
  @TextField({ optional: true, max: 1000 }) unassignableReason?: string;
  @ObjectField(() => Confirmation, {
    optional: true,
    description: 'The customer’s latest wish by text that they are asked to confirm, or were.',
  })
  confirmation?: Confirmation;
  @ObjectField(() => HandOver, { optional: true }) handOver?: HandOver;
  @ObjectField(() => Cancellation, { optional: true }) cancellation?: Cancellation;
  @InstantField() createdAt!: string;
  @InstantField() updatedAt!: string;
}

export class GetDeliveryRequest {
  @IdField() deliveryId!: string;
}

/** Filters of a list of deliveries. A delivery must match all given filters. */
export class DeliveryFilter {
  @ChoiceField(DELIVERY_STATES, { optional: true }) state?: DeliveryState;
  @IdField({ optional: true }) customerId?: string;
  @IdField({ optional: true, description: 'Only deliveries that this agent has, or had when they ended.' })
  agentId?: string;
  @TextField({ optional: true, max: 100, description: 'Only deliveries with exactly this partner reference.' })
  reference?: string;
  @ChoiceField(CONFIRMATION_STATES, {
    optional: true,
    description:
      'Only deliveries whose confirmation has this state. `unanswered`: those on which a dispatcher has to decide.',
  })
  confirmation?: ConfirmationState;
  @InstantField({ optional: true, description: 'Only deliveries whose window starts at or after this instant.' })
  windowFrom?: string;
  @InstantField({ optional: true, description: 'Only deliveries whose window starts before this instant.' })
  windowTo?: string;
}

export class ListDeliveriesRequest extends DeliveryFilter {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  /** Opaque cursor: `nextCursor` of the previous page. */
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class DeliveryPage {
  @ObjectListField(() => Delivery, { maxItems: 200 }) items!: Delivery[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export const CreateDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.create.v1',
  request: DeliveryInput,
  reply: Delivery,
  errors: ['customer_required', 'window_invalid'],
  callers: ['gateway'],
  summary: 'Creates a delivery and plans the call to its customer.',
});

export const GetDeliveryRpc = defineQuery({
  subject: 'rpc.routing.delivery.get.v1',
  request: GetDeliveryRequest,
  reply: Delivery,
  callers: ['gateway'],
  summary: 'Returns a delivery.',
});

export const ListDeliveriesRpc = defineQuery({
  subject: 'rpc.routing.delivery.list.v1',
  request: ListDeliveriesRequest,
  reply: DeliveryPage,
  callers: ['gateway'],
  summary: 'Lists deliveries in pages, newest first, or by the start of their window if a window filter is given.',
});
