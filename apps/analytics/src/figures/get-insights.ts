import { Injectable } from '@nestjs/common';
import type { InsightsReply, InsightsRequest, MoodOfDay } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { spanOf, toCountedSpan } from './span.js';
import { InsightsRepository, type MoodRow } from './insights.repository.js';

const MOST_DAYS = 366;

/** What customers spoke of, by what was understood of recordings and texts. */
@Injectable()
export class GetInsights {
  constructor(
    private readonly insights: InsightsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `invalid_request`, `span_too_long` */
  async execute(
    organizationId: OrganizationId,
    { zone = 'UTC', deliveryId, ...request }: InsightsRequest,
  ): Promise<InsightsReply> {
    const span = spanOf(request, this.clock.now(), MOST_DAYS);
    const [topics, hindrances, moods] = await Promise.all([
      this.insights.topics(organizationId, span, deliveryId, 'topics'),
      this.insights.topics(organizationId, span, deliveryId, 'hindrances'),
      this.insights.moods(organizationId, span, deliveryId, zone),
    ]);
    const days = Map.groupBy(moods, ({ start }) => start.toISOString());
    return {
      ...toCountedSpan(span),
      ...{ zone, understood: sum(moods), topics, hindrances },
      moods: [...days].map(([start, rows]) => dayOf(start, rows)),
    };
  }
}

const sum = (rows: readonly MoodRow[]): number => rows.reduce((total, { count }) => total + count, 0);

function dayOf(start: string, rows: readonly MoodRow[]): MoodOfDay {
  const of = (mood: MoodRow['mood']): number => sum(rows.filter((row) => row.mood === mood));
  return { start, positive: of('positive'), negative: of('negative'), neither: of('neither') };
}
