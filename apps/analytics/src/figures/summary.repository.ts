import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, PipelineStage } from 'mongoose';
import type { DeliveryFunnel, OutcomeCount } from '#libs/contracts/index.js';
import { trusted, type OrganizationId } from '#libs/persistence/index.js';
import type { CallProjectionDocument } from '#libs/persistence/schemas/analytics/call-projections.js';
import type { CustomerProjectionDocument } from '#libs/persistence/schemas/analytics/customer-projections.js';
import type { DeliveryProjectionDocument } from '#libs/persistence/schemas/analytics/delivery-projections.js';
import type { MessageProjectionDocument } from '#libs/persistence/schemas/analytics/message-projections.js';
import type { WebhookProjectionDocument } from '#libs/persistence/schemas/analytics/webhook-projections.js';

/** A half-open span `[from, to)`. Without `from` or `to`, it has no bound on that side. */
export interface Span {
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

/** Maps each step of the funnel to the field of `earliest` that is present once a delivery has reached the step. */
const FUNNEL_FIELDS = {
  called: 'calledAt',
  reached: 'reachedAt',
  instructed: 'instructedAt',
  assigned: 'assignedAt',
  acknowledged: 'acknowledgedAt',
  rescheduled: 'rescheduledAt',
  refused: 'refusedAt',
  canceled: 'canceledAt',
  delivered: 'deliveredAt',
  failed: 'failedAt',
} as const satisfies Partial<Record<keyof DeliveryFunnel, keyof DeliveryProjectionDocument['earliest']>>;

const EMPTY_FUNNEL: DeliveryFunnel = {
  created: 0,
  called: 0,
  reached: 0,
  instructed: 0,
  assigned: 0,
  acknowledged: 0,
  rescheduled: 0,
  refused: 0,
  canceled: 0,
  delivered: 0,
  failed: 0,
};

/** Computes the summary from the projections. Every query filters by organization and a span of event time. */
@Injectable()
export class SummaryRepository {
  constructor(
    @InjectModel('deliveries') private readonly deliveries: Model<DeliveryProjectionDocument>,
    @InjectModel('calls') private readonly calls: Model<CallProjectionDocument>,
    @InjectModel('customers') private readonly customers: Model<CustomerProjectionDocument>,
    @InjectModel('messages') private readonly messages: Model<MessageProjectionDocument>,
    @InjectModel('webhooks') private readonly webhooks: Model<WebhookProjectionDocument>,
  ) {}

  /** Counts how many of the deliveries created in the span reached each step, at any time. */
  async countFunnel(organizationId: OrganizationId, span: Span): Promise<DeliveryFunnel> {
    const counters = Object.entries(FUNNEL_FIELDS).map(
      ([step, field]) => [step, { $sum: { $cond: [{ $gt: [`$earliest.${field}`, null] }, 1, 0] } }] as const,
    );
    const [funnel] = await this.deliveries.aggregate<DeliveryFunnel>([
      toMatchStage(organizationId, 'createdAt', span),
      { $group: { _id: null, created: { $sum: 1 }, ...Object.fromEntries(counters) } },
      { $project: { _id: 0 } },
    ]);
    return funnel ?? EMPTY_FUNNEL;
  }

  /** Counts the attempts completed in the span by outcome, most frequent first. */
  async countCallOutcomes(organizationId: OrganizationId, span: Span): Promise<OutcomeCount[]> {
    return this.calls.aggregate<OutcomeCount>([
      toMatchStage(organizationId, 'completedAt', span),
      { $group: { _id: '$newest.outcome.value', count: { $sum: 1 } } },
      { $sort: { count: -1, _id: 1 } },
      { $project: { _id: 0, outcome: '$_id', count: 1 } },
    ]);
  }

  /** Counts the customers who opted out in the span. */
  async countOptOuts(organizationId: OrganizationId, span: Span): Promise<number> {
    return this.customers.countDocuments(toFilter(organizationId, 'optedOutAt', span));
  }

  /** Counts the webhook deliveries that settled in the span and reached the partner's endpoint. */
  async countDeliveredWebhooks(organizationId: OrganizationId, span: Span): Promise<number> {
    const filter = toFilter(organizationId, 'settledAt', span);
    return this.webhooks.countDocuments({ ...filter, 'newest.result.value': 'delivered' });
  }

  /**
   * Returns the median time from message to acknowledgment in milliseconds, of the messages acknowledged in the span.
   * `undefined` if none was acknowledged.
   */
  async computeMedianAcknowledgeMs(organizationId: OrganizationId, span: Span): Promise<number | undefined> {
    const filter = toFilter(organizationId, 'acknowledgedAt', span);
    const count = await this.messages.countDocuments(filter);
    if (count === 0) return undefined;
    const middle = await this.messages
      .find(filter, { 'newest.afterMs.value': 1 })
      .sort({ 'newest.afterMs.value': 1, _id: 1 })
      .skip(Math.floor((count - 1) / 2))
      .limit(count % 2 === 0 ? 2 : 1)
      .lean<MessageProjectionDocument[]>();
    const values = middle.map(({ newest }) => newest.afterMs?.value ?? 0);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }
}

/** Matches documents whose instant `earliest.<field>` is in the span. Documents without the field never match. */
function toFilter(organizationId: OrganizationId, field: string, { from, to }: Span): Record<string, unknown> {
  const instantInSpan = { $type: 'date', ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return { organizationId, [`earliest.${field}`]: trusted(instantInSpan) };
}

const toMatchStage = (organizationId: OrganizationId, field: string, span: Span): PipelineStage.Match => ({
  $match: toFilter(organizationId, field, span),
});
