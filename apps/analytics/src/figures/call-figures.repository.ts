import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { CallBucket, CallOutcome } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { CallProjectionDocument } from '#libs/persistence/schemas/analytics/call-projections.js';
import type { ResolvedSpan } from './span.js';

/** Number of attempts with one outcome in one hour or day. `start` is the start of that hour or day. */
export interface BucketCount {
  readonly start: Date;
  readonly outcome: CallOutcome;
  readonly count: number;
}

/** Queries call figures from the projection of calls. */
@Injectable()
export class CallFiguresRepository {
  constructor(@InjectModel('calls') private readonly calls: Model<CallProjectionDocument>) {}

  /**
   * Counts the attempts that ended in the span by outcome and by hour or day, oldest first.
   * @param unit whether to count by hour or by day
   * @param zone IANA time zone in which hours and days begin
   */
  async countOutcomes(
    organizationId: OrganizationId,
    { from, to }: ResolvedSpan,
    unit: CallBucket,
    zone: string,
  ): Promise<BucketCount[]> {
    const start = { $dateTrunc: { date: '$earliest.completedAt', unit, timezone: zone } };
    return this.calls.aggregate<BucketCount>([
      { $match: { organizationId, 'earliest.completedAt': { $gte: from, $lt: to } } },
      { $group: { _id: { start, outcome: '$newest.outcome.value' }, count: { $sum: 1 } } },
      { $sort: { '_id.start': 1, count: -1, '_id.outcome': 1 } },
      { $project: { _id: 0, start: '$_id.start', outcome: '$_id.outcome', count: 1 } },
    ]);
  }
}
