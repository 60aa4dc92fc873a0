import { Injectable } from '@nestjs/common';
import type { CallFiguresBucket, CallFiguresReply, CallFiguresRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { resolveSpan, toCoveredSpan } from './span.js';
import { CONVERSATION_OUTCOMES, RANG_OUTCOMES } from '../projections/projections.module.js';
import { CallFiguresRepository, type BucketCount } from './call-figures.repository.js';

/** Maximum length of the span by bucket unit, in days. Keeps every reply below 1,000 buckets. */
const MAX_DAYS = { hour: 31, day: 366 } as const;

/** Counts outcomes of attempts by hour or day. `CallFiguresBucket` defines each figure. */
@Injectable()
export class GetCallFigures {
  constructor(
    private readonly figures: CallFiguresRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `invalid_request`, `span_too_long` */
  async execute(
    organizationId: OrganizationId,
    { by = 'day', zone = 'UTC', ...request }: CallFiguresRequest,
  ): Promise<CallFiguresReply> {
    const span = resolveSpan(request, this.clock.now(), MAX_DAYS[by]);
    const counts = await this.figures.countOutcomes(organizationId, span, by, zone);
    const buckets = Map.groupBy(counts, ({ start }) => start.toISOString());
    return {
      ...toCoveredSpan(span),
      by,
      zone,
      items: [...buckets].map(([start, bucketCounts]) => toBucket(start, bucketCounts)),
    };
  }
}

function toBucket(start: string, counts: readonly BucketCount[]): CallFiguresBucket {
  const sumCounts = (rows: readonly BucketCount[]): number => rows.reduce((total, { count }) => total + count, 0);
  const rung = sumCounts(counts.filter(({ outcome }) => RANG_OUTCOMES.includes(outcome)));
  const reached = sumCounts(counts.filter(({ outcome }) => CONVERSATION_OUTCOMES.includes(outcome)));
  return {
    start,
    ended: sumCounts(counts),
    outcomes: counts.map(({ outcome, count }) => ({ outcome, count })),
    rung,
    reached,
    ...(rung === 0 ? {} : { contactRate: reached / rung }),
  };
}
