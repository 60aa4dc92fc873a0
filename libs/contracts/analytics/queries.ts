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
  /** The span `[from, to)` of event time that the figures cover. An absent bound is open. */
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
}

/**
 * How many of the deliveries created within the span reached each step, at any time. The description of a field is the
 * definition of its figure. All figures are counted from events, never estimated.
 */
export class DeliveryFunnel {
  @IntegerField({ min: 0, description: 'Number of deliveries created.' }) created!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries whose customer’s phone rang at least once.' })
  called!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries whose customer was reached in person.' }) reached!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries with at least one instruction from the customer.' })
  instructed!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries assigned to an agent.' }) assigned!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries that their agent acknowledged.' }) acknowledged!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries that the customer rescheduled.' }) rescheduled!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries that the customer refused.' }) refused!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries that were canceled.' }) canceled!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries that were delivered.' }) delivered!: number;
  @IntegerField({ min: 0, description: 'Number of deliveries whose hand-over failed at least once.' }) failed!: number;
}

/** Number of calls with one outcome. */
export class OutcomeCount {
  @TextField({ max: 60 }) outcome!: string;
  @IntegerField({ min: 0 }) count!: number;
}

/** The figures of an organization over a span. */
export class Summary {
  @ObjectField(() => DeliveryFunnel) funnel!: DeliveryFunnel;
  @ObjectListField(() => OutcomeCount, {
    maxItems: 50,
    description: 'Number of attempts that ended within the span, by outcome.',
  })
  callOutcomes!: OutcomeCount[];
  @IntegerField({ min: 0, description: 'Number of customers who opted out within the span.' })
  optOuts!: number;
  @IntegerField({ min: 0, description: 'Number of partner webhooks delivered within the span.' })
  webhooksDelivered!: number;
  @NumberField({
    optional: true,
    description:
      'Median time from message to acknowledgement, in milliseconds, over the messages acknowledged within the span. Absent if there are none.',
  })
  medianAcknowledgeMs?: number;
}

export class GetTimelineRequest {
  @IdField() deliveryId!: string;
}

/** One event in the timeline of a delivery. */
export class TimelineEntry {
  @InstantField() at!: string;
  /** The event's subject without its version. */
  @TextField({ max: 100 }) event!: string;
  /** A description of the event, in one line of text. */
  @TextField({ max: 1000 }) text!: string;
}

/** The events about one delivery, oldest first. */
export class Timeline {
  @IdField() deliveryId!: string;
  @ObjectListField(() => TimelineEntry) entries!: TimelineEntry[];
}

export const GetSummaryRpc = defineQuery({
  subject: 'rpc.analytics.summary.get.v1',
  request: GetSummaryRequest,
  reply: Summary,
  callers: ['gateway'],
  summary: 'Returns the figures of the organization.',
});
export const GetTimelineRpc = defineQuery({
  subject: 'rpc.analytics.delivery-timeline.get.v1',
  request: GetTimelineRequest,
  reply: Timeline,
  callers: ['gateway'],
  summary: 'Returns the complete timeline of a delivery.',
});
