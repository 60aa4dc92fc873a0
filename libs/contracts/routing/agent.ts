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
const MOST_SHIFTS = 31;
const MOST_BREAKS = 10;

/** What an agent can carry in a shift; an absent limit is none. */
export class AgentCapacity {
  @IntegerField({ min: 0, max: 1000 }) count!: number;
  @IntegerField({ optional: true, min: 0 }) weightGrams?: number;
  @IntegerField({ optional: true, min: 0 }) volumeMl?: number;
  @IntegerField({ optional: true, min: 0 }) minutes?: number;
}

/** A corner of where somebody delivers. */
export class AreaCorner {
  @PositionField() position!: [number, number];
}

const VEHICLE = {
  ...SKILL,
  patternMeaning: 'a lower-case word such as van',
  description: 'What a delivery can require as `vehicle:van`.',
};
const AREA = {
  optional: true,
  minItems: 3,
  maxItems: 100,
  description: 'Where they deliver, corner by corner; everywhere unless given.',
};

/** The person who delivers. */
export class AgentInput {
  @TextField({ max: 120 }) name!: string;
  @PhoneField() phone!: string;
  /** Where they begin. */
  @PositionField() position!: [number, number];
  @TextListField({ maxItems: 30, item: SKILL }) skills!: string[];
  @ObjectField(() => TimeWindow) shift!: TimeWindow;
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: MOST_BREAKS }) breaks?: TimeWindow[];
  @ObjectField(() => AgentCapacity) capacity!: AgentCapacity;
  /** 0 (new) to 1 (years on the road). */
  @NumberField({ min: 0, max: 1 }) experience!: number;
  @TextField({ ...VEHICLE, optional: true }) vehicle?: string;
  @ObjectListField(() => AreaCorner, AREA) area?: AreaCorner[];
}

/** What other apps keep of an agent. */
export class AgentFacts extends AgentInput {
  @IdField() agentId!: string;
}

export const AVAILABILITIES = ['available', 'on_break', 'unavailable'] as const;
export type AvailabilityState = (typeof AVAILABILITIES)[number];

export class AvailabilityInput {
  @ChoiceField(AVAILABILITIES, {
    description: '`unavailable` is a sick call: what was not acknowledged goes to others.',
  })
  state!: AvailabilityState;
  @InstantField({
    optional: true,
    description: 'When they are available again by themselves; absent: until they say so.',
  })
  until?: string;
}

export class Availability extends AvailabilityInput {
  @InstantField() since!: string;
}

export class AgentLocationInput {
  @PositionField() position!: [number, number];
  @InstantField({
    optional: true,
    description: 'When the position was taken; by default now. An older one is ignored.',
  })
  at?: string;
  @NumberField({ optional: true, min: 0, max: 100_000, description: 'Radius of uncertainty in metres.' })
  accuracyM?: number;
}

/** Where an agent was last seen. */
export class AgentLocation {
  @PositionField() position!: [number, number];
  @InstantField() at!: string;
  @NumberField({ optional: true, min: 0 }) accuracyM?: number;
}

export class Agent extends AgentFacts {
  /** All of them, in order; `shift` is the present one, else the next, else the last. */
  @ObjectListField(() => TimeWindow, { maxItems: MOST_SHIFTS }) shifts!: TimeWindow[];
  /** False once deactivated: gets no deliveries and may not sign in. */
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

/** What may be changed of an agent by itself; what is left out stays. */
export class AgentChanges {
  @TextField({ optional: true, max: 120 }) name?: string;
  @PhoneField({ optional: true }) phone?: string;
  @PositionField({ optional: true }) position?: [number, number];
  @TextListField({ optional: true, maxItems: 30, item: SKILL }) skills?: string[];
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: MOST_BREAKS }) breaks?: TimeWindow[];
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

export class AgentShifts {
  @ObjectListField(() => TimeWindow, { minItems: 1, maxItems: MOST_SHIFTS, description: 'Apart from each other.' })
  shifts!: TimeWindow[];
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: MOST_BREAKS }) breaks?: TimeWindow[];
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
  summary: 'Adds an agent.',
});

export const GetAgentRpc = defineQuery({
  subject: 'rpc.routing.agent.get.v1',
  request: GetAgentRequest,
  reply: Agent,
  callers: ['gateway'],
  summary: 'One agent.',
});

export const ListAgentsRpc = defineQuery({
  subject: 'rpc.routing.agent.list.v1',
  request: ListAgentsRequest,
  reply: AgentPage,
  callers: ['gateway'],
  summary: 'Agents, newest first, a page at a time.',
});

export const UpdateAgentRpc = defineCommand({
  subject: 'rpc.routing.agent.update.v1',
  request: UpdateAgentRequest,
  reply: Agent,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary: 'Changes what is known of an agent.',
});

export const PutAgentShiftsRpc = defineCommand({
  subject: 'rpc.routing.agent.put-shifts.v1',
  request: PutAgentShiftsRequest,
  reply: Agent,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary: 'Replaces an agent’s shifts; unacknowledged deliveries outside them are planned anew.',
});

export const SetAgentAvailabilityRpc = defineCommand({
  subject: 'rpc.routing.agent.set-availability.v1',
  request: SetAgentAvailabilityRequest,
  reply: Agent,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary: 'Whether an agent can take deliveries now; those of one who falls ill are planned anew at once.',
});

export const ReportAgentLocationRpc = defineCommand({
  subject: 'rpc.routing.agent.report-location.v1',
  request: ReportAgentLocationRequest,
  reply: AgentLocation,
  errors: ['agent_inactive'],
  callers: ['gateway'],
  summary: 'Where an agent is; answers with the newest position known.',
});

export const DeactivateAgentRpc = defineCommand({
  subject: 'rpc.routing.agent.deactivate.v1',
  request: DeactivateAgentRequest,
  reply: Agent,
  callers: ['gateway'],
  summary: 'Ends an agent’s work for the organisation: for good, and their deliveries are planned anew.',
});

export const AgentCreated = defineEvent({
  subject: 'routing.agent.created.v1',
  payload: AgentFacts,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'An agent joined; notifications keeps the number for the last step of its ladder.',
});

export const AgentUpdated = defineEvent({
  subject: 'routing.agent.updated.v1',
  payload: AgentFacts,
  consumers: ['notifications', 'analytics', 'gateway'],
  summary: 'What is known of an agent changed: number, name, skills, shifts.',
});

export const AgentAvailabilityChanged = defineEvent({
  subject: 'routing.agent.availability-changed.v1',
  payload: AgentAvailabilityPayload,
  consumers: ['gateway'],
  summary: 'An agent is back, on a break, or cannot work.',
});

export const AgentDeactivated = defineEvent({
  subject: 'routing.agent.deactivated.v1',
  payload: AgentDeactivatedPayload,
  consumers: ['notifications', 'gateway'],
  summary: 'An agent works here no more: tokens, sockets and devices of theirs end.',
});

export const AgentLocationChanged = defineEvent({
  subject: 'routing.agent-location.changed.v1',
  payload: AgentLocatedPayload,
  consumers: ['gateway'],
  audited: false,
  summary: 'A hint for the map of the dispatchers: an agent was seen somewhere later than before.',
});
