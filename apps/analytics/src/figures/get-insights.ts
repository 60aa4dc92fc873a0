import { Injectable } from '@nestjs/common';
import type { InsightsReply, InsightsRequest, MoodOfDay } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { resolveSpan, toCoveredSpan } from './span.js';
import { InsightsRepository, type MoodRow } from './insights.repository.js';

const MAX_DAYS = 366;

/** Counts topics, hindrances and moods in the instructions extracted from recordings and texts. */
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
    const span = resolveSpan(request, this.clock.now(), MAX_DAYS);
    const [topics, hindrances, moods] = await Promise.all([
      this.insights.countTopics(organizationId, span, deliveryId, 'topics'),
      this.insights.countTopics(organizationId, span, deliveryId, 'hindrances'),
      this.insights.countMoods(organizationId, span, deliveryId, zone),
    ]);
    const days = Map.groupBy(moods, ({ start }) => start.toISOString());
    return {
      ...toCoveredSpan(span),
      zone,
      understood: sumCounts(moods),
      topics,
      hindrances,
      moods: [...days].map(([start, rows]) => toDay(start, rows)),
    };
  }
}

const sumCounts = (rows: readonly MoodRow[]): number => rows.reduce((total, { count }) => total + count, 0);

function toDay(start: string, rows: readonly MoodRow[]): MoodOfDay {
  const countMood = (mood: MoodRow['mood']): number => sumCounts(rows.filter((row) => row.mood === mood));
  return { start, positive: countMood('positive'), negative: countMood('negative'), neither: countMood('neither') };
}
