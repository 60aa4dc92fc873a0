import { IdField, IntegerField, NumberField, ObjectField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { GetAgentRequest } from './agent.js';

/** How often something was so, of how often it could have been, and what that is worth. */
export class MeasuredShare {
  @IntegerField({ min: 0 }) met!: number;
  @IntegerField({ min: 0 }) total!: number;
  @NumberField({ optional: true, min: 0, max: 1, description: 'Absent where nothing was counted.' }) share?: number;
  @NumberField({ min: 0, max: 1, description: 'The true share lies between this with 95 % …' }) low!: number;
  @NumberField({ min: 0, max: 1, description: '… and this.' }) high!: number;
}

/** How an agent’s deliveries went. What lies with customers or parcels, such as a refusal at the door, is not counted. */
export class AgentPerformance {
  @IdField() agentId!: string;
  @ObjectField(() => MeasuredShare, { description: 'Delivered within the promised window.' }) onTime!: MeasuredShare;
  @ObjectField(() => MeasuredShare, { description: 'Delivered when it was tried for the first time.' })
  firstAttempt!: MeasuredShare;
  @ObjectField(() => MeasuredShare, {
    description: 'Left where the customer wanted it, of what was left anywhere and had a place promised.',
  })
  asInstructed!: MeasuredShare;
  @ObjectField(() => MeasuredShare, {
    description: 'Heard the customer’s own words before the hand-over, of deliveries that had any.',
  })
  listened!: MeasuredShare;
  @IntegerField({ min: 0, description: 'Of how many the median is.' }) acknowledgements!: number;
  @NumberField({
    optional: true,
    min: 0,
    description: 'From being given a delivery to acknowledging it, of the last 50; absent of none.',
  })
  medianAcknowledgeSeconds?: number;
  @NumberField({
    min: 0,
    max: 1,
    description: 'The share that planning reckons with: of somebody new what is usual in the organisation.',
  })
  expectedFailures!: number;
}

export const GetAgentPerformanceRpc = defineQuery({
  subject: 'rpc.routing.agent.performance.v1',
  request: GetAgentRequest,
  reply: AgentPerformance,
  callers: ['gateway'],
  summary: 'How an agent’s deliveries went, with how sure that is.',
});
