import { startOfLocalDay, startOfNextLocalDay, type Interval } from '../../time/index.js';

/**
 * Whether the agent who delivers may see what opens the door: on the days of the window, by the wall clock. Before and
 * after there is no use for a code but a bad one.
 * @param zone the organisation's
 */
export const isCodeDay = ({ start, end }: Interval, now: Date, zone: string): boolean =>
  startOfLocalDay(start, zone) <= now && now < startOfNextLocalDay(end, zone);
