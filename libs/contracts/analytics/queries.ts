import {
  IdField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';

export class GetSummaryRequest {
  /** The span `[from, to)` of event time that figures are of; an absent end is open. */
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
}

/**
 * Of the deliveries accepted in the span, how many came to each step, whenever that was. Each figure's definition is its
 * field's description; all are counted from events, never estimated.
 */
export class DeliveryFunnel {
  @IntegerField({ min: 0, description: 'Deliveries accepted.' }) created!: number;
  @IntegerField({ min: 0, description: 'Deliveries whose customer was rung at least once.' }) called!: number;
  @IntegerField({ min: 0, description: 'Deliveries whose customer answered in person.' }) reached!: number;
  @IntegerField({ min: 0, description: 'Deliveries with at least one instruction from the customer.' })
  instructed!: number;
  @IntegerField({ min: 0, description: 'Deliveries given to an agent.' }) assigned!: number;
  @IntegerField({ min: 0, description: 'Deliveries whose agent acknowledged.' }) acknowledged!: number;
  @IntegerField({ min: 0, description: 'Deliveries the customer moved.' }) rescheduled!: number;
  @IntegerField({ min: 0, description: 'Deliveries the customer refused.' }) refused!: number;
  @IntegerField({ min: 0, description: 'Deliveries that were taken back.' }) canceled!: number;
  @IntegerField({ min: 0, description: 'Deliveries that were handed over.' }) delivered!: number;
  @IntegerField({ min: 0, description: 'Deliveries whose hand-over failed at least once.' }) failed!: number;
}

export class OutcomeCount {
  @TextField({ max: 60 }) outcome!: string;
  @IntegerField({ min: 0 }) count!: number;
}

export class Summary {
  @ObjectField(() => DeliveryFunnel) funnel!: DeliveryFunnel;
  @ObjectListField(() => OutcomeCount, {
    maxItems: 50,
    description: 'Attempts that ended in the span, by how they ended.',
  })
  callOutcomes!: OutcomeCount[];
  @IntegerField({ min: 0, description: 'Customers who said in the span that they want no more calls.' })
  optOuts!: number;
  @IntegerField({ min: 0, description: 'Partner webhooks delivered in the span.' }) webhooksDelivered!: number;
  @NumberField({
    optional: true,
    description: 'Median ms from message to acknowledgement, of messages acknowledged in the span; absent of none.',
  })
  medianAcknowledgeMs?: number;
}

export class GetTimelineRequest {
  @IdField() deliveryId!: string;
}

export class TimelineEntry {
  @InstantField() at!: string;
  /** The event's subject without its version. */
  @TextField({ max: 100 }) event!: string;
  /** What happened, in one readable line. */
  @TextField({ max: 1000 }) text!: string;
}

export class Timeline {
  @IdField() deliveryId!: string;
  @ObjectListField(() => TimelineEntry) entries!: TimelineEntry[];
}

export const GetSummaryRpc = defineQuery({
  subject: 'rpc.analytics.summary.get.v1',
  request: GetSummaryRequest,
  reply: Summary,
  callers: ['gateway'],
  summary: 'The organisation’s figures.',
});
export const GetTimelineRpc = defineQuery({
  subject: 'rpc.analytics.delivery-timeline.get.v1',
  request: GetTimelineRequest,
  reply: Timeline,
  callers: ['gateway'],
  summary: 'The whole story of one delivery.',
});
