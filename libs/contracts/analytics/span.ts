import { InstantField } from '../fields/index.js';

/** The span `[from, to)` of event time that the figures cover. Defaults to the last 30 days. */
export class SpanRequest {
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
}

/** The span that the figures cover. */
export class CoveredSpan {
  @InstantField() from!: string;
  @InstantField() to!: string;
}
