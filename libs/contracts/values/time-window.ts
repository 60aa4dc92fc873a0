import { InstantField } from '../fields/index.js';

/** A half-open span of time `[start, end)`. */
export class TimeWindow {
  @InstantField() start!: string;
  @InstantField() end!: string;
}
