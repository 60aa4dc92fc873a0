import { InstantField } from '../fields/index.js';

/** A half-open interval `[start, end)` of UTC instants. */
export class TimeWindow {
  @InstantField() start!: string;
  @InstantField() end!: string;
}
