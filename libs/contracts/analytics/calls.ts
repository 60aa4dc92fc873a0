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
import { CountedSpan, SpanRequest } from './span.js';

export const CALL_BUCKETS = ['hour', 'day'] as const;
export type CallBucket = (typeof CALL_BUCKETS)[number];

export class CallFiguresRequest extends SpanRequest {
  @ChoiceField(CALL_BUCKETS, { optional: true, description: 'By day unless said otherwise.' }) by?: CallBucket;
  @TimeZoneField({ optional: true, description: 'Where hours and days begin; UTC unless said otherwise.' })
  zone?: string;
}

/** What attempts came to, and how often somebody was reached. */
export class CallCounts {
  @IntegerField({ min: 0, description: 'Attempts that ended.' }) ended!: number;
  @ObjectListField(() => OutcomeCount, { maxItems: 50, description: 'By how they ended, the most frequent first.' })
  outcomes!: OutcomeCount[];
  @IntegerField({ min: 0, description: 'Attempts at which a phone rang: the n of the contact rate.' }) rung!: number;
  @IntegerField({
    min: 0,
    description:
      'Attempts at which a person spoke with us, also one who hung up half-way; not one who hung up during the first words.',
  })
  reached!: number;
  @NumberField({ optional: true, min: 0, max: 1, description: '`reached` of `rung`; absent while nothing rang.' })
  contactRate?: number;
}

export class CallFiguresBucket extends CallCounts {
  @InstantField({ description: 'When the hour or day begins.' }) start!: string;
}

export class CallFiguresReply extends CountedSpan {
  @ChoiceField(CALL_BUCKETS) by!: CallBucket;
  @TextField({ max: 64 }) zone!: string;
  @ObjectListField(() => CallFiguresBucket, {
    maxItems: 1000,
    description: 'Oldest first; hours and days in which no attempt ended are left out.',
  })
  items!: CallFiguresBucket[];
}

export const GetCallFiguresRpc = defineQuery({
  subject: 'rpc.analytics.call-figures.get.v1',
  request: CallFiguresRequest,
  reply: CallFiguresReply,
  errors: ['span_too_long'],
  callers: ['gateway'],
  summary: 'How attempts ended and how often somebody was reached, by hour or day of their end.',
});
