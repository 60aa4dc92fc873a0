import { InstantField } from '../fields/index.js';

/** The span `[from, to)` of event time that figures are of; without its ends it is the last 30 days. */
export class SpanRequest {
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
}

/** The span that was counted. */
export class CountedSpan {
  @InstantField() from!: string;
  @InstantField() to!: string;
}
