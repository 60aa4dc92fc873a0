import { IdField, IntegerField, NumberField, ObjectListField, TextField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { CountedSpan, SpanRequest } from './span.js';

/** One agent’s figures, counted from events and their own instants: a later reassignment changes no past figure. */
export class AgentFigures {
  @IdField() agentId!: string;
  @TextField({ optional: true, max: 120, description: 'Absent while nothing was heard of who they are.' })
  name?: string;
  @IntegerField({ min: 0, description: 'Deliveries given to them for the first time in the span.' }) assigned!: number;
  @IntegerField({ min: 0, description: 'Of those, how many they acknowledged, whenever that was.' })
  acknowledged!: number;
  @IntegerField({ min: 0, description: 'Of those, how many they handed over, whenever that was.' })
  delivered!: number;
  @NumberField({
    optional: true,
    min: 0,
    description:
      'Median ms from message to acknowledgement, of their messages acknowledged in the span; absent of none.',
  })
  medianAcknowledgeMs?: number;
  @IntegerField({ min: 0, description: 'Of how many messages that is the median.' }) acknowledgedMessages!: number;
}

export class AgentFiguresReply extends CountedSpan {
  @ObjectListField(() => AgentFigures, { maxItems: 1000, description: 'Who was given most first; at most 1,000.' })
  items!: AgentFigures[];
}

export const GetAgentFiguresRpc = defineQuery({
  subject: 'rpc.analytics.agent-figures.get.v1',
  request: SpanRequest,
  reply: AgentFiguresReply,
  errors: ['span_too_long'],
  callers: ['gateway'],
  summary: 'What each agent was given and acknowledged in a span, and how fast.',
});
