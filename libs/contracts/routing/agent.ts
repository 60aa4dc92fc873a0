import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  PhoneField,
  PositionField,
  TextField,
  TextListField,
} from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';
import { TimeWindow } from '../values/index.js';

const SKILL = { max: 40, pattern: /^[a-z][a-z0-9_]*$/, patternMeaning: 'a lower-case word such as two_person' };
const MAX_SHIFTS = 31;
const MAX_BREAKS = 10;

/** An agent's capacity in one shift. An absent field means no limit. */
export class AgentCapacity {
  /** Number of deliveries. */
  @IntegerField({ min: 0, max: 1000 }) count!: number;
  @IntegerField({ optional: true, min: 0 }) weightGrams?: number;
  @IntegerField({ optional: true, min: 0 }) volumeMl?: number;
  /** Working time for travel and hand-overs. */
  @IntegerField({ optional: true, min: 0 }) minutes?: number;
}

/** A vertex of the polygon in which an agent delivers. */
export class AreaCorner {
  @PositionField() position!: [number, number];
}

const VEHICLE = {
  ...SKILL,
  patternMeaning: 'a lower-case word such as van',
  description: 'The type of vehicle. A delivery can require it, for example with `vehicle:van`.',
};
const AREA = {
  optional: true,
  minItems: 3,
  maxItems: 100,
  description: 'The vertices of the polygon in which the agent delivers. If absent, the agent delivers everywhere.',
};

/** An agent as the client describes them. */
export class AgentInput {
  @TextField({ max: 120 }) name!: string;
  @PhoneField() phone!: string;
  /** The position at which the agent's day starts. */
  @PositionField() position!: [number, number];
  @TextListField({ maxItems: 30, item: SKILL }) skills!: string[];
  @ObjectField(() => TimeWindow) shift!: TimeWindow;
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: MAX_BREAKS }) breaks?: TimeWindow[];
  @ObjectField(() => AgentCapacity) capacity!: AgentCapacity;
  /** From 0 (new) to 1 (years of experience). */
  @NumberField({ min: 0, max: 1 }) experience!: number;
  @TextField({ ...VEHICLE, optional: true }) vehicle?: string;
  @ObjectListField(() => AreaCorner, AREA) area?: AreaCorner[];
}

/** The part of an agent that other apps store. */
export class AgentFacts extends AgentInput {
  @IdField() agentId!: string;
}

/** The states of an agent’s availability. */
export const AVAILABILITIES = ['available', 'on_break', 'unavailable'] as const;
export type AvailabilityState = (typeof AVAILABILITIES)[number];

/** The availability that an agent reports. */
export class AvailabilityInput {
  @ChoiceField(AVAILABILITIES, {
    description:
      'Whether the agent can work. With `unavailable`, for example because of illness, deliveries that the agent has not acknowledged are assigned to other agents.',
  })
  state!: AvailabilityState;
  @InstantField({
    optional: true,
    description:
      'When the agent becomes available again automatically. If absent, the state lasts until it is changed.',
  })
  until?: string;
}

/** The reported availability, and since when it applies. */
export class Availability extends AvailabilityInput {
  @InstantField() since!: string;
}

/** A position that an agent’s device reports. */
export class AgentLocationInput {
  @PositionField() position!: [number, number];
  @InstantField({
    optional: true,
    description:
      'When the position was measured. Defaults to now. A position older than the latest known one is ignored.',
  })
  at?: string;
  @NumberField({ optional: true, min: 0, max: 100_000, description: 'Radius of uncertainty in meters.' })
  accuracyM?: number;
}

/** The latest known position of an agent. */
export class AgentLocation {
  @PositionField() position!: [number, number];
  @InstantField() at!: string;
  @NumberField({ optional: true, min: 0 }) accuracyM?: number;
}

/** An agent as stored, with availability and latest position. */
export class Agent extends AgentFacts {
  /** All shifts, in order. `shift` is the current one, or else the next, or else the last. */
  @ObjectListField(() => TimeWindow, { maxItems: MAX_SHIFTS }) shifts!: TimeWindow[];
  /** False once the agent is deactivated. They then receive no deliveries and cannot sign in. */
  @FlagField() active!: boolean;
  @ObjectField(() => Availability) availability!: Availability;
  @ObjectField(() => AgentLocation, { optional: true }) lastLocation?: AgentLocation;
  @IntegerField({ min: 1 }) revision!: number;
}

export class GetAgentRequest {
  @IdField() agentId!: string;
}

export class ListAgentsRequest {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @FlagField({ optional: true }) active?: boolean;
  @TextField({ optional: true, ...SKILL }) skill?: string;
}

export class AgentPage {
  @ObjectListField(() => Agent, { maxItems: 200 }) items!: Agent[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

/** The fields of an agent that can be changed. Absent fields keep their values. */
export class AgentChanges {
  @TextField({ optional: true, max: 120 }) name?: string;
  @PhoneField({ optional: true }) phone?: string;
  @PositionField({ optional: true }) position?: [number, number];
  @TextListField({ optional: true, maxItems: 30, item: SKILL }) skills?: string[];
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: MAX_BREAKS }) breaks?: TimeWindow[];
  @ObjectField(() => AgentCapacity, { optional: true }) capacity?: AgentCapacity;
  @NumberField({ optional: true, min: 0, max: 1 }) experience?: number;
  @TextField({ ...VEHICLE, optional: true }) vehicle?: string;
  @ObjectListField(() => AreaCorner, AREA) area?: AreaCorner[];
}

export class UpdateAgentRequest {
  @IdField() agentId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
  @ObjectField(() => AgentChanges) changes!: AgentChanges;
}

/** The shifts of an agent. */
export class AgentShifts {
  @ObjectListField(() => TimeWindow, {
    minItems: 1,
    maxItems: MAX_SHIFTS,
    description: 'The shifts, which must not overlap.',
  })
  shifts!: TimeWindow[];
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: MAX_BREAKS }) breaks?: TimeWindow[];
}

export class PutAgentShiftsRequest extends AgentShifts {
  @IdField() agentId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class SetAgentAvailabilityRequest extends AvailabilityInput {
  @IdField() agentId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class ReportAgentLocationRequest extends AgentLocationInput {
  @IdField() agentId!: string;
}

export class DeactivateAgentRequest {
  @IdField() agentId!: string;
  @IntegerField({ optional: true, min: 1 }) expectedRevision?: number;
}

export class AgentAvailabilityPayload extends Availability {
  @IdField() agentId!: string;
}

export class AgentDeactivatedPayload {
  @IdField() agentId!: string;
}

export class AgentLocatedPayload extends AgentLocation {
  @IdField() agentId!: string;
}

export const CreateAgentRpc = defineCommand({
  subject: 'rpc.routing.agent.create.v1',
  request: AgentInput,
  reply: Agent,
  callers: ['gateway'],
  summary: 'Creates an agent.',
});

export const GetAgentRpc = defineQuery({
  subject: 'rpc.routing.agent.get.v1',
  request: GetAgentRequest,
  reply: Agent,
  callers: ['gateway'],
  summary: 'Returns an agent.',
});

export const ListAgentsRpc = defineQuery({
  subject: 'rpc.routing.agent.list.v1',
  request: ListAgentsRequest,
  reply: AgentPage,
  callers: ['gateway'],
  summary: 'Lists agents, newest first, in pages.',
});

export const UpdateAgentRpc = defineCommand({
  subject: 'rpc.routing.agent.update.v1',
  request: UpdateAgentRequest,
  reply: Agent,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary: 'Updates an agent.',
});

export const PutAgentShiftsRpc = defineCommand({
  subject: 'rpc.routing.agent.put-shifts.v1',
  request: PutAgentShiftsRequest,
  reply: Agent,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary: 'Replaces an agent’s shifts. Unacknowledged deliveries outside the new shifts are planned again.',
});

export const SetAgentAvailabilityRpc = defineCommand({
  subject: 'rpc.routing.agent.set-availability.v1',
  request: SetAgentAvailabilityRequest,
  reply: Agent,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary:
    'Sets whether an agent can take deliveries now. If the agent is unavailable, their deliveries are planned again at once.',
});

export const ReportAgentLocationRpc = defineCommand({
  subject: 'rpc.routing.agent.report-location.v1',
  request: ReportAgentLocationRequest,
  reply: AgentLocation,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary: 'Reports the position of an agent and returns the latest known position.',
});

export const DeactivateAgentRpc = defineCommand({
  subject: 'rpc.routing.agent.deactivate.v1',
  request: DeactivateAgentRequest,
  reply: Agent,
  callers: ['gateway'],
  summary: 'Deactivates an agent permanently. Their deliveries are planned again.',
});

export const AgentCreated = defineEvent({
  subject: 'routing.agent.created.v1',
  payload: AgentFacts,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'An agent was created. Notifications stores the phone number for the last step of the escalation.',
});

export const AgentUpdated = defineEvent({
  subject: 'routing.agent.updated.v1',
  payload: AgentFacts,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'The data of an agent changed, such as the phone number, name, skills or shifts.',
});

export const AgentAvailabilityChanged = defineEvent({
  subject: 'routing.agent.availability-changed.v1',
  payload: AgentAvailabilityPayload,
  consumers: ['gateway'],
  summary: 'An agent became available, went on a break or became unavailable.',
});

export const AgentDeactivated = defineEvent({
  subject: 'routing.agent.deactivated.v1',
  payload: AgentDeactivatedPayload,
  consumers: ['notifications', 'gateway'],
  summary: 'An agent was deactivated. Their tokens, sockets and devices are revoked.',
});

export const AgentLocationChanged = defineEvent({
  subject: 'routing.agent-location.changed.v1',
  payload: AgentLocatedPayload,
  consumers: ['gateway'],
  audited: false,
  summary: 'An agent reported a newer position, for the dispatchers’ map.',
});
