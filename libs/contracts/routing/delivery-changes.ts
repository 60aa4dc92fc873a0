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

/** Why a change is refused whatever it is: the delivery is past it. Beside these, each command has its own codes. */
const PAST_IT = ['delivery_over', 'delivery_in_call'] as const;

/** What may be corrected; what is left out stays. */
export class DeliveryChanges {
  @TextField({ optional: true, max: 100 }) reference?: string;
  @ObjectField(() => TimeWindow, {
    optional: true,
    description: 'A correction; to ask the customer again, reschedule.',
  })
  window?: TimeWindow;
  @InstantField({ optional: true }) decideBy?: string;
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 5 }) alternativeWindows?: TimeWindow[];
  @ObjectField(() => Parcel, { optional: true, description: 'Replaces the whole parcel.' }) parcel?: Parcel;
  @TextListField({ optional: true, maxItems: 30, item: { max: 40 } }) requires?: string[];
  @IntegerField({ optional: true, min: 0, max: 100 }) priority?: number;
}

/** A change that names the delivery, and the revision it was decided by looking at. */
class ChangeRequest extends GetDeliveryRequest {
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class UpdateDeliveryRequest extends ChangeRequest {
  @ObjectField(() => DeliveryChanges) changes!: DeliveryChanges;
}

export class CancellationInput {
  @TextField({ optional: true, max: 300, description: 'Kept with the delivery; agents are not shown it.' })
  reason?: string;
}

export class CancelDeliveryRequest extends ChangeRequest {
  @ObjectField(() => CancellationInput) cancellation!: CancellationInput;
}

export class ReschedulingInput {
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  @InstantField({ optional: true, description: 'By default the new window’s start.' }) decideBy?: string;
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 5, description: 'By default none.' })
  alternativeWindows?: TimeWindow[];
}

export class RescheduleDeliveryRequest extends ChangeRequest {
  @ObjectField(() => ReschedulingInput) rescheduling!: ReschedulingInput;
}

export class ReassignmentInput {
  @IdField({ optional: true, description: 'Who shall have it; left out, anybody but the agent who has it now.' })
  agentId?: string;
  @FlagField({
    optional: true,
    description: 'Give it to the named agent even where a hard constraint speaks against it.',
  })
  force?: boolean;
}

export class ReassignDeliveryRequest extends ChangeRequest {
  @ObjectField(() => ReassignmentInput) reassignment!: ReassignmentInput;
}

export class StartCallRequest extends ChangeRequest {}

/** The rules by which a phone may not be rung now: each is a code of its own. */
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
  errors: [...PAST_IT, 'delivery_under_way', 'window_invalid'],
  callers: ['gateway'],
  summary: 'Corrects a delivery; its call or its assignment is planned anew where the correction touches it.',
});

export const CancelDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.cancel.v1',
  request: CancelDeliveryRequest,
  reply: Delivery,
  errors: ['delivery_over'],
  callers: ['gateway'],
  summary: 'Takes a delivery back: no call is made any more, and the agent who has it is told.',
});

export const RescheduleDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.reschedule.v1',
  request: RescheduleDeliveryRequest,
  reply: Delivery,
  errors: [...PAST_IT, 'window_invalid'],
  callers: ['gateway'],
  summary: 'Plans a delivery anew for another window: the customer is asked again, as far as calls are left.',
});

export const ReassignDeliveryRpc = defineCommand({
  subject: 'rpc.routing.delivery.reassign.v1',
  request: ReassignDeliveryRequest,
  reply: Delivery,
  errors: [...PAST_IT, 'not_ready_to_assign', 'not_assigned', 'agent_has_it', 'agent_unfit'],
  callers: ['gateway'],
  summary: 'Gives a delivery to a named agent, or takes it from the one who has it.',
});

export const StartCallRpc = defineCommand({
  subject: 'rpc.routing.delivery.start-call.v1',
  request: StartCallRequest,
  reply: Delivery,
  errors: [...PAST_IT, 'already_assigned', ...CALL_RULES],
  callers: ['gateway'],
  summary: 'Calls the customer now, if it is lawful; a refusal’s code is the rule that forbids it.',
});
