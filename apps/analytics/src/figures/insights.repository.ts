import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, PipelineStage } from 'mongoose';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { WordsProjectionDocument } from '#libs/persistence/schemas/analytics/words-projections.js';
import type { ResolvedSpan } from './span.js';

export interface TopicRow {
  readonly topic: string;
  readonly count: number;
}

export interface MoodRow {
  /** Start of the day. */
  readonly start: Date;
  readonly mood: 'positive' | 'negative' | 'neither';
  readonly count: number;
}

/** Queries topics and moods from the projection of analyzed recordings and texts. */
@Injectable()
export class InsightsRepository {
  constructor(@InjectModel('words') private readonly words: Model<WordsProjectionDocument>) {}

  /**
   * Counts the topics of recordings and texts, most frequent first.
   * @param deliveryId counts only this delivery; `undefined` counts all
   * @param field which list to count
   */
  async countTopics(
    organizationId: OrganizationId,
    span: ResolvedSpan,
    deliveryId: string | undefined,
    field: 'topics' | 'hindrances',
  ): Promise<TopicRow[]> {
    return this.words.aggregate<TopicRow>([
      { $match: toFilter(organizationId, span, deliveryId) },
      // Stored as one scalar, separated by spaces: see `joinTopics`.
      { $project: { topic: { $split: [`$newest.${field}.value`, ' '] } } },
      { $unwind: '$topic' },
      { $match: { topic: { $ne: '' } } },
      { $group: { _id: '$topic', count: { $sum: 1 } } },
      { $sort: { count: -1, _id: 1 } },
      { $project: { _id: 0, topic: '$_id', count: 1 } },
    ]);
  }

  /**
   * Counts moods by the day on which the recording or text was analyzed, oldest first.
   * @param zone IANA time zone in which days begin
   */
  async countMoods(
    organizationId: OrganizationId,
    span: ResolvedSpan,
    deliveryId: string | undefined,
    zone: string,
  ): Promise<MoodRow[]> {
    const start = { $dateTrunc: { date: '$earliest.understoodAt', unit: 'day', timezone: zone } };
    return this.words.aggregate<MoodRow>([
      { $match: toFilter(organizationId, span, deliveryId) },
      { $group: { _id: { start, mood: '$newest.mood.value' }, count: { $sum: 1 } } },
      { $sort: { '_id.start': 1 } },
      { $project: { _id: 0, start: '$_id.start', mood: '$_id.mood', count: 1 } },
    ]);
  }
}

const toFilter = (
  organizationId: OrganizationId,
  { from, to }: ResolvedSpan,
  deliveryId: string | undefined,
): PipelineStage.Match['$match'] => ({
  organizationId,
  'earliest.understoodAt': { $gte: from, $lt: to },
  ...(deliveryId === undefined ? {} : { 'newest.deliveryId.value': deliveryId }),
});
