import { IdField, InstantField, IntegerField, ObjectListField, TextField, TimeZoneField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { CoveredSpan, SpanRequest } from './span.js';

export class InsightsRequest extends SpanRequest {
  @IdField({ optional: true, description: 'Only this delivery.' }) deliveryId?: string;
  @TimeZoneField({ optional: true, description: 'The time zone that defines when days begin. Defaults to UTC.' })
  zone?: string;
}

/** How often customers mentioned one topic. */
export class TopicCount {
  @TextField({ max: 60, description: 'A topic that customers mentioned, such as `safe_place`, `reschedule` or `dog`.' })
  topic!: string;
  @IntegerField({ min: 1, description: 'Number of recordings and texts that mention the topic.' }) count!: number;
}

/** The moods of one day's recordings and texts. */
export class MoodOfDay {
  @InstantField({ description: 'The start of the day.' }) start!: string;
  @IntegerField({ min: 0 }) positive!: number;
  @IntegerField({ min: 0 }) negative!: number;
  @IntegerField({ min: 0, description: 'Number of recordings and texts whose words show neither mood.' })
  neither!: number;
}

export class InsightsReply extends CoveredSpan {
  @TextField({ max: 64 }) zone!: string;
  @IntegerField({
    min: 0,
    description: 'Number of recordings and texts that were analyzed. The counts refer to these.',
  })
  understood!: number;
  @ObjectListField(() => TopicCount, { maxItems: 100, description: 'The topics, most frequent first.' })
  topics!: TopicCount[];
  @ObjectListField(() => TopicCount, {
    maxItems: 100,
    description: 'Obstacles between the agent and the door, most frequent first.',
  })
  hindrances!: TopicCount[];
  @ObjectListField(() => MoodOfDay, {
    maxItems: 400,
    description: 'Moods by day, oldest first. Days without recordings and texts are omitted.',
  })
  moods!: MoodOfDay[];
}

export const GetInsightsRpc = defineQuery({
  subject: 'rpc.analytics.insights.get.v1',
  request: InsightsRequest,
  reply: InsightsReply,
  errors: ['span_too_long'],
  callers: ['gateway'],
  summary: 'Returns the topics that customers mentioned, their moods, and the obstacles to deliveries.',
});
