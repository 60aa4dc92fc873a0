import { IdField, IntegerField, NumberField, ObjectField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { GetAgentRequest } from './agent.js';

/** A proportion, with the counts behind it and its 95% confidence interval. */
export class MeasuredShare {
  /** Number of deliveries that met the criterion, such as delivery within the window. */
  @IntegerField({ min: 0 }) met!: number;
  /** Number of deliveries to which the criterion applies. */
  @IntegerField({ min: 0 }) total!: number;
  @NumberField({ optional: true, min: 0, max: 1, description: '`met` divided by `total`. Absent if `total` is 0.' })
  share?: number;
  @NumberField({ min: 0, max: 1, description: 'Lower bound of the 95% confidence interval of the share.' })
  low!: number;
  @NumberField({ min: 0, max: 1, description: 'Upper bound of the 95% confidence interval of the share.' })
  high!: number;
}

/** An agent's performance. Failures caused by customers or parcels, such as a refusal at the door, are not counted. */
export class AgentPerformance {
  @IdField() agentId!: string;
  @ObjectField(() => MeasuredShare, { description: 'Deliveries delivered within the promised window.' })
  onTime!: MeasuredShare;
  @ObjectField(() => MeasuredShare, { description: 'Deliveries delivered on the first attempt.' })
  firstAttempt!: MeasuredShare;
  @ObjectField(() => MeasuredShare, {
    description:
      'Deliveries left in the place that the customer asked for, of those that were left anywhere and had such a place.',
  })
  asInstructed!: MeasuredShare;
  @ObjectField(() => MeasuredShare, {
    description:
      'Deliveries for which the agent heard the customer’s recording before the hand-over, of those that had one.',
  })
  listened!: MeasuredShare;
  @IntegerField({ min: 0, description: 'Number of acknowledgements in the median.' }) acknowledgements!: number;
  @NumberField({
    optional: true,
    min: 0,
    description:
      'Median time from assignment to acknowledgement, in seconds, over the last 50. Absent if there were none.',
  })
  medianAcknowledgeSeconds?: number;
  @NumberField({
    min: 0,
    max: 1,
    description:
      'The proportion of failed deliveries that planning assumes. For a new agent, it is the average of the organization.',
  })
  expectedFailures!: number;
}

export const GetAgentPerformanceRpc = defineQuery({
  subject: 'rpc.routing.agent.performance.v1',
  request: GetAgentRequest,
  reply: AgentPerformance,
  callers: ['gateway'],
  summary: 'Returns an agent’s performance with confidence intervals.',
});
