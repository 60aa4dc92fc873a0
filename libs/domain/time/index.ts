export { contains, intersect, isEmpty, lengthMs, subtract, union, type Interval } from './interval.js';
export {
  atLocal,
  localDay,
  localHours,
  startOfLocalDay,
  startOfNextLocalDay,
  type LocalDay,
  type LocalHours,
} from './local-hours.js';
export { formatTimeOfDay, MINUTES_PER_DAY, parseTimeOfDay, timeOfDay, type TimeOfDay } from './time-of-day.js';
export { isZone, offsetAt, splitByOffset, type OffsetPiece } from './zone-offset.js';
