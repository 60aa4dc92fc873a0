import { IdField, IntegerField, NumberField, ObjectListField, TextField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { CoveredSpan, SpanRequest } from './span.js';

/**
 * One agent’s figures, counted from events by the time at which they happened. A later reassignment changes no past
 * figure.
 */
export class AgentFigures {
  @IdField() agentId!: string;
  @TextField({
    optional: true,
    max: 120,
    description: 'The agent’s name. Absent if analytics has not received it yet.',
  })
  name?: string;
  @IntegerField({ min: 0, description: 'Number of deliveries first assigned to the agent within the span.' })
  assigned!: number;
  @IntegerField({ min: 0, description: 'Number of those deliveries that the agent acknowledged, at any time.' })
  acknowledged!: number;
  @IntegerField({ min: 0, description: 'Number of those deliveries that the agent delivered, at any time.' })
  delivered!: number;
  @NumberField({
    optional: true,
    min: 0,
    description:
      'Median time from message to acknowledgement, in milliseconds, over the agent’s messages acknowledged within the span. Absent if there are none.',
  })
  medianAcknowledgeMs?: number;
  @IntegerField({ min: 0, description: 'Number of messages in the median.' }) acknowledgedMessages!: number;
}

export class AgentFiguresReply extends CoveredSpan {
  @ObjectListField(() => AgentFigures, {
    maxItems: 1000,
    description: 'Ordered by `assigned`, highest first. Contains at most 1,000 agents.',
  })
  items!: AgentFigures[];
}

export const GetAgentFiguresRpc = defineQuery({
  subject: 'rpc.analytics.agent-figures.get.v1',
  request: SpanRequest,
  reply: AgentFiguresReply,
  errors: ['span_too_long'],
  callers: ['gateway'],
  summary:
    'Returns each agent’s counts of assigned, acknowledged and delivered deliveries in a time span, and the median time to acknowledgement.',
});
