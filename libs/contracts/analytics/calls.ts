import {
  ChoiceField,
  InstantField,
  IntegerField,
  NumberField,
  ObjectListField,
  TextField,
  TimeZoneField,
} from '../fields/index.js';
import { defineQuery } from '../kernel/index.js';
import { OutcomeCount } from './queries.js';
import { CoveredSpan, SpanRequest } from './span.js';

/** The lengths of the periods that call figures are grouped by. */
export const CALL_BUCKETS = ['hour', 'day'] as const;
export type CallBucket = (typeof CALL_BUCKETS)[number];

export class CallFiguresRequest extends SpanRequest {
  @ChoiceField(CALL_BUCKETS, { optional: true, description: 'The size of a bucket. Defaults to `day`.' })
  by?: CallBucket;
  @TimeZoneField({
    optional: true,
    description: 'The time zone that defines when hours and days begin. Defaults to UTC.',
  })
  zone?: string;
}

/** Numbers of attempts by outcome, and the contact rate. */
export class CallCounts {
  @IntegerField({ min: 0, description: 'Number of attempts that ended.' }) ended!: number;
  @ObjectListField(() => OutcomeCount, {
    maxItems: 50,
    description: 'Number of attempts by outcome, most frequent first.',
  })
  outcomes!: OutcomeCount[];
  @IntegerField({ min: 0, description: 'Number of attempts at which a phone rang. The denominator of `contactRate`.' })
  rung!: number;
  @IntegerField({
    min: 0,
    description:
      'Number of attempts at which a person took part in the conversation, including those who hung up before its end. Excludes hang-ups during the first words.',
  })
  reached!: number;
  @NumberField({ optional: true, min: 0, max: 1, description: '`reached` divided by `rung`. Absent if `rung` is 0.' })
  contactRate?: number;
}

/** The call figures of one period. */
export class CallFiguresBucket extends CallCounts {
  @InstantField({ description: 'The start of the hour or day.' }) start!: string;
}

export class CallFiguresReply extends CoveredSpan {
  @ChoiceField(CALL_BUCKETS) by!: CallBucket;
  @TextField({ max: 64 }) zone!: string;
  @ObjectListField(() => CallFiguresBucket, {
    maxItems: 1000,
    description: 'The buckets, oldest first. Hours and days in which no attempt ended are omitted.',
  })
  items!: CallFiguresBucket[];
}

export const GetCallFiguresRpc = defineQuery({
  subject: 'rpc.analytics.call-figures.get.v1',
  request: CallFiguresRequest,
  reply: CallFiguresReply,
  errors: ['span_too_long'],
  callers: ['gateway'],
  summary: 'Returns how attempts ended and how often a person was reached, by the hour or day in which they ended.',
});
