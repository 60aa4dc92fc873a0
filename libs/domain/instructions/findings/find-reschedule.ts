import { DateTime } from 'luxon';
import { WHOLE_DAY_MS } from '../times/window.js';
import type { Interval } from '#libs/domain/time/index.js';
import type { Found, Instructions } from '../model/types.js';
import type { ComposedTimes } from '../times/settle-times.js';
import type { WordsRead } from './words-read.js';

/** Another day or time that is wanted. `to` is `null` where none was said or where it was not understood. */
export function findReschedule(read: WordsRead, times: ComposedTimes): Instructions['reschedule'] {
  // "I'm not refusing it, can we do Monday" keeps the parcel and moves it.
  if (read.has('refuse') || (read.has('keep') && times.move?.value.to == null)) return null;
  const { planned, zone } = read.context;
  const plannedDay = DateTime.fromJSDate(planned.start, { zone });
  const isOnPlannedDay = ({ value }: Pick<Found<Interval>, 'value'>): boolean =>
    DateTime.fromJSDate(value.start, { zone }).hasSame(plannedDay, 'day');
  // A customer who can be there on the planned day needs no other.
  if (times.availability.some(isOnPlannedDay)) return null;
  const { to } = times.move?.value ?? {};
  // "Come after six tomorrow" moves nothing where tomorrow is planned; "after six instead" does.
  if (to && isOnPlannedDay({ value: to }) && !read.hasWordOf('move') && !OTHER_TIME.test(read.folded)) return null;
  if (to && isOnPlannedDay({ value: to }) && isDayOnly(to) && KEEPS_DAY.test(read.folded)) return null;
  if (times.move) return times.isMoveOpen ? withOpenDay(times.move) : times.move;
  const [elsewhere] = times.availability;
  // A customer who can be there on another day only wants that day.
  if (elsewhere) return { ...elsewhere, value: { to: elsewhere.value } };
  // "Not today, not tomorrow" only says when not.
  if (NO_DAY.test(read.folded)) return null;
  const wish = read.findIntent('reschedule');
  if (!wish) return null;
  return { ...wish, value: { to: null } };
}

/** The planned day is to stay. */
const KEEPS_DAY =
  /\bkeep it\b|\bleave it (?:on|for|at|as)\b|\bas planned\b|\bdejen?lo (?:el|para|como)\b|\bcomo estaba\b/;
/** No day is wanted. */
const NO_DAY = /\bnot today,? not (?:tomorrow|ever)\b|\bni hoy ni (?:manana|nunca)\b/;
/** Words by which another time of the same day is wanted. */
const OTHER_TIME =
  /\b(?:later|earlier|sooner|prepone|postpone|bring forward|mas tarde|mas temprano|adelant\w+|atras\w+|mejor)\b/;

const isDayOnly = ({ start, end }: Interval): boolean => end.getTime() - start.getTime() >= WHOLE_DAY_MS;

/** A day without a time stays open: the customer did not say that any time suits. */
function withOpenDay(move: NonNullable<ComposedTimes['move']>): NonNullable<ComposedTimes['move']> {
  const { to } = move.value;
  return to !== null && isDayOnly(to) ? { ...move, value: { to: null } } : move;
}
