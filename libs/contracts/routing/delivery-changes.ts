import {
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
  TextListField,
} from '../fields/index.js';
import { defineCommand } from '../kernel/index.js';
import { TimeWindow } from '../values/index.js';
import { Delivery, GetDeliveryRequest, Parcel } from './delivery.js';

/** Error codes for a delivery that cannot be changed now. Each command declares its own codes in addition. */
const UNCHANGEABLE_CODES = ['delivery_over', 'delivery_in_call'] as const;

/** The fields of a delivery that can be corrected. Absent fields keep their values. */
export class DeliveryChanges {
  @TextField({ optional: true, max: 100 }) reference?: string;
  @ObjectField(() => TimeWindow, {
    optional: true,
    description: 'The corrected window. To ask the customer again, reschedule the delivery instead.',
  })
  window?: TimeWindow;
  @InstantField({ optional: true }) decideBy?: string;
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 5 }) alternativeWindows?: TimeWindow[];
  @ObjectField(() => Parcel, {
    optional: true,
    description: 'The new parcel. Replaces all fields of the previous one.',
  })
  parcel?: Parcel;
  @TextListField({ optional: true, maxItems: 30, item: { max: 40 } }) requires?: string[];
  @IntegerField({ optional: true, min: 0, max: 100 }) priority?: number;
}

/** A change to a delivery, with the revision on which the caller based it. */
class ChangeRequest extends GetDeliveryRequest {
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class UpdateDeliveryRequest extends ChangeRequest {
  @ObjectField(() => DeliveryChanges) changes!: DeliveryChanges;
}

/** Why a delivery is canceled. */
export class CancellationInput {
  @TextField({
    optional: true,
    max: 300,
    description: 'Why the delivery is canceled. Stored with the delivery and not shown to agents.',
  })
  reason?: string;
}

export class CancelDeliveryRequest extends ChangeRequest {
  @ObjectField(() => CancellationInput) cancellation!: CancellationInput;
}

/** The new window of a delivery. */
export class ReschedulingInput {
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @InstantField({
    optional: true,
    description:
      'The last instant at which the customer’s answer can be used. Defaults to the start of the new window.',
  })
  decideBy?: string;
  @ObjectListField(() => TimeWindow, {
    optional: true,
    maxItems: 5,
    description: 'Other windows that the customer may be offered. Defaults to none.',
  })
  alternativeWindows?: TimeWindow[];
}

export class RescheduleDeliveryRequest extends ChangeRequest {
  @ObjectField(() => ReschedulingInput) rescheduling!: ReschedulingInput;
}

/** The agent to whom a delivery is reassigned. */
export class ReassignmentInput {
  @IdField({
    optional: true,
    description: 'The agent who receives the delivery. If absent, any agent except the current one.',
  })
  agentId?: string;
  @FlagField({
    optional: true,
    description: 'Whether to assign the delivery to the given agent even if that violates a hard constraint.',
  })
  force?: boolean;
}

export class ReassignDeliveryRequest extends ChangeRequest {
  @ObjectField(() => ReassignmentInput) reassignment!: ReassignmentInput;
}

export class StartCallRequest extends ChangeRequest {}

/** The rules that can forbid a call now. Each is an error code. */
export const CALL_RULES = [
  'do_not_call',
  'attempt_cap_total',
  'attempt_cap_daily',
  'zone_unknown',
  'day_off',
  'quiet_hours',
  'too_close_to_quiet_hours',
  'no_common_hours',
  'deadline_passed',
] as const;

export const UpdateDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.update.v1',
  request: UpdateDeliveryRequest,
  reply: Delivery,
  errors: [...UNCHANGEABLE_CODES, 'delivery_under_way', 'window_invalid'],
  callers: ['gateway'],
  summary: 'Corrects a delivery. Its call or its assignment is planned again if the correction affects it.',
});

export const CancelDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.cancel.v1',
  request: CancelDeliveryRequest,
  reply: Delivery,
  errors: ['delivery_over'],
  callers: ['gateway'],
  summary: 'Cancels a delivery. No further call is placed, and the agent who has it is notified.',
});

export const RescheduleDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.reschedule.v1',
  request: RescheduleDeliveryRequest,
  reply: Delivery,
  errors: [...UNCHANGEABLE_CODES, 'window_invalid'],
  callers: ['gateway'],
  summary: 'Moves a delivery to another window and plans it again. The customer is asked again if calls remain.',
});

export const ReassignDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.reassign.v1',
  request: ReassignDeliveryRequest,
  reply: Delivery,
  errors: [...UNCHANGEABLE_CODES, 'not_ready_to_assign', 'not_assigned', 'agent_has_it', 'agent_unfit'],
  callers: ['gateway'],
  summary: 'Assigns a delivery to the given agent, or withdraws it from its current agent.',
});

export const StartCallRpc = defineCommand({
  subject: 'rpc.routing.delivery.start-call.v1',
  request: StartCallRequest,
  reply: Delivery,
  errors: [...UNCHANGEABLE_CODES, 'already_assigned', ...CALL_RULES],
  callers: ['gateway'],
  summary: 'Calls the customer now if it is lawful. Otherwise the error code is the rule that forbids the call.',
});
