import {
  IdField,
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

/** What an agent can carry in a shift; an absent limit is none. */
export class AgentCapacity {
  @IntegerField({ min: 0, max: 1000 }) count!: number;
  @IntegerField({ optional: true, min: 0 }) weightGrams?: number;
  @IntegerField({ optional: true, min: 0 }) volumeMl?: number;
  @IntegerField({ optional: true, min: 0 }) minutes?: number;
}

/** The person who delivers. */
export class AgentInput {
  @TextField({ max: 120 }) name!: string;
  @PhoneField() phone!: string;
  @PositionField() position!: [number, number];
  @TextListField({ maxItems: 30, item: SKILL }) skills!: string[];
  @ObjectField(() => TimeWindow) shift!: TimeWindow;
  @ObjectListField(() => TimeWindow, { optional: true, maxItems: 10 }) breaks?: TimeWindow[];
  @ObjectField(() => AgentCapacity) capacity!: AgentCapacity;
  /** 0 (new) to 1 (years on the road). */
  @NumberField({ min: 0, max: 1 }) experience!: number;
}

export class Agent extends AgentInput {
  @IdField() agentId!: string;
}

export class GetAgentRequest {
  @IdField() agentId!: string;
}

export const CreateAgent = defineCommand({
  subject: 'rpc.routing.agent.create.v1',
  request: AgentInput,
  reply: Agent,
  callers: ['gateway'],
  summary: 'Adds an agent.',
});

export const GetAgent = defineQuery({
  subject: 'rpc.routing.agent.get.v1',
  request: GetAgentRequest,
  reply: Agent,
  callers: ['gateway'],
  summary: 'One agent.',
});

export const AgentCreated = defineEvent({
  subject: 'routing.agent.created.v1',
  payload: Agent,
  consumers: ['notifications', 'analytics'],
  summary: 'An agent joined; notifications keeps the number for the last step of its ladder.',
});
