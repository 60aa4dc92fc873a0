import { startOfLocalDay, startOfNextLocalDay, type Interval } from '../../time/index.js';

/**
 * Whether the assigned agent may see the access code: on the local days of the window. Outside of them a code has no
 * legitimate use.
 * @param zone IANA time zone of the organization
 */
export const isCodeDay = ({ start, end }: Interval, now: Date, zone: string): boolean =>
  startOfLocalDay(start, zone) <= now && now < startOfNextLocalDay(end, zone);
