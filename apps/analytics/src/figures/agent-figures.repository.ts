import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { AssignmentProjectionDocument } from '#libs/persistence/schemas/analytics/assignment-projections.js';
import type { MessageProjectionDocument } from '#libs/persistence/schemas/analytics/message-projections.js';
import type { ResolvedSpan } from './span.js';

/** The deliveries assigned to one agent, and how many of them the agent acknowledged and delivered. */
export interface AssignmentCount {
  readonly agentId: string;
  readonly assigned: number;
  readonly acknowledged: number;
  readonly delivered: number;
}

/** Queries agents' figures from the projections. Every query filters by organization and a span of event time. */
@Injectable()
export class AgentFiguresRepository {
  constructor(
    @InjectModel('assignments') private readonly assignments: Model<AssignmentProjectionDocument>,
    @InjectModel('messages') private readonly messages: Model<MessageProjectionDocument>,
  ) {}

  /**
   * Counts by agent the deliveries assigned in the span, and those of them that reached the later steps, at any time.
   */
  async countAssignments(organizationId: OrganizationId, { from, to }: ResolvedSpan): Promise<AssignmentCount[]> {
    const countReached = (step: string) => ({ $sum: { $cond: [{ $gt: [`$earliest.${step}`, null] }, 1, 0] } });
    const steps = { acknowledged: countReached('acknowledgedAt'), delivered: countReached('deliveredAt') };
    return this.assignments.aggregate<AssignmentCount>([
      { $match: { organizationId, 'earliest.assignedAt': { $gte: from, $lt: to } } },
      { $group: { _id: '$newest.agentId.value', assigned: { $sum: 1 }, ...steps } },
      { $project: { _id: 0, agentId: '$_id', assigned: 1, acknowledged: 1, delivered: 1 } },
    ]);
  }

  /** Returns, by agent id, the milliseconds from message to acknowledgment, of messages acknowledged in the span. */
  async findAcknowledgmentTimesMs(
    organizationId: OrganizationId,
    { from, to }: ResolvedSpan,
  ): Promise<ReadonlyMap<string, readonly number[]>> {
    const groups = await this.messages.aggregate<{ _id: string; times: number[] }>([
      { $match: { organizationId, 'earliest.acknowledgedAt': { $gte: from, $lt: to } } },
      { $group: { _id: '$newest.agentId.value', times: { $push: '$newest.afterMs.value' } } },
    ]);
    return new Map(groups.map(({ _id, times }) => [_id, times]));
  }
}
