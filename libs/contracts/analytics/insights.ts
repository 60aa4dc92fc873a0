import { IdField, InstantField, IntegerField, ObjectListField, TextField, TimeZoneField } from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { CountedSpan, SpanRequest } from './span.js';

export class InsightsRequest extends SpanRequest {
  @IdField({ optional: true, description: 'Of one delivery alone.' }) deliveryId?: string;
  @TimeZoneField({ optional: true, description: 'Where days begin; UTC unless said otherwise.' }) zone?: string;
}

export class TopicCount {
  @TextField({ max: 60, description: 'What customers spoke of: `safe_place`, `reschedule`, `dog`.' }) topic!: string;
  @IntegerField({ min: 1, description: 'Recordings and texts in which they did.' }) count!: number;
}

export class MoodOfDay {
  @InstantField({ description: 'When the day begins.' }) start!: string;
  @IntegerField({ min: 0 }) positive!: number;
  @IntegerField({ min: 0 }) negative!: number;
  @IntegerField({ min: 0, description: 'Those whose words show neither.' }) neither!: number;
}

export class InsightsReply extends CountedSpan {
  @TextField({ max: 64 }) zone!: string;
  @IntegerField({ min: 0, description: 'Recordings and texts that were understood: what the counts are of.' })
  understood!: number;
  @ObjectListField(() => TopicCount, { maxItems: 100, description: 'The most frequent first.' }) topics!: TopicCount[];
  @ObjectListField(() => TopicCount, {
    maxItems: 100,
    description: 'What stands between the agent and the door, the most frequent first.',
  })
  hindrances!: TopicCount[];
  @ObjectListField(() => MoodOfDay, { maxItems: 400, description: 'Oldest first; days without words are left out.' })
  moods!: MoodOfDay[];
}

export const GetInsightsRpc = defineQuery({
  subject: 'rpc.analytics.insights.get.v1',
  request: InsightsRequest,
  reply: InsightsReply,
  errors: ['span_too_long'],
  callers: ['gateway'],
  summary: 'What customers spoke of, how they sounded, and what hinders deliveries.',
});
