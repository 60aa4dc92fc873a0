import { Injectable } from '@nestjs/common';
import type { CallFiguresBucket, CallFiguresReply, CallFiguresRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { spanOf, toCountedSpan } from './span.js';
import { IN_PERSON, RUNG } from '../projections/projections.module.js';
import { CallFiguresRepository, type BucketCount } from './call-figures.repository.js';

/** So that no answer has more than 1,000 buckets. */
const MOST_DAYS = { hour: 31, day: 366 } as const;

/** How attempts ended by hour or day; each figure is defined beside its field in the contract. */
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
    const span = spanOf(request, this.clock.now(), MOST_DAYS[by]);
    const counts = await this.figures.endedBy(organizationId, span, by, zone);
    const buckets = Map.groupBy(counts, ({ start }) => start.toISOString());
    return { ...toCountedSpan(span), by, zone, items: [...buckets].map(([start, group]) => bucketOf(start, group)) };
  }
}

function bucketOf(start: string, counts: readonly BucketCount[]): CallFiguresBucket {
  const sum = (chosen: readonly BucketCount[]): number => chosen.reduce((total, { count }) => total + count, 0);
  const rung = sum(counts.filter(({ outcome }) => RUNG.includes(outcome)));
  const reached = sum(counts.filter(({ outcome }) => IN_PERSON.includes(outcome)));
  return {
    start,
    ended: sum(counts),
    outcomes: counts.map(({ outcome, count }) => ({ outcome, count })),
    rung,
    reached,
    ...(rung === 0 ? {} : { contactRate: reached / rung }),
  };
}
