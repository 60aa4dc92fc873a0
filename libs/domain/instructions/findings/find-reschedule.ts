import { DateTime } from 'luxon';
import { WHOLE_DAY_MS } from '../times/window.js';
import type { Interval } from '#libs/domain/time/index.js';
import type { Found, Instructions } from '../model/types.js';
import type { ComposedTimes } from '../times/settle-times.js';
import type { WordsRead } from './words-read.js';

/** Returns the wish for another day or time. `to` is `null` if none was named or understood. */
export function findReschedule(read: WordsRead, times: ComposedTimes): Instructions['reschedule'] {
  // "I'm not refusing it, can we do Monday" keeps the parcel and moves it.
  if (read.has('refuse') || (read.has('keep') && times.move?.value.to == null)) return null;
  const { planned, zone } = read.context;
  const plannedDay = DateTime.fromJSDate(planned.start, { zone });
  const isOnPlannedDay = ({ value }: Pick<Found<Interval>, 'value'>): boolean =>
    DateTime.fromJSDate(value.start, { zone }).hasSame(plannedDay, 'day');
  // A customer who is available on the planned day does not need another day.
  if (times.availability.some(isOnPlannedDay)) return null;
  const { to } = times.move?.value ?? {};
  // If tomorrow is the planned day, "come after six tomorrow" does not reschedule, but "after six instead" does.
  if (to && isOnPlannedDay({ value: to }) && !read.hasWordOf('move') && !OTHER_TIME.test(read.folded)) return null;
  if (to && isOnPlannedDay({ value: to }) && isDayOnly(to) && KEEPS_DAY.test(read.folded)) return null;
  if (times.move) return times.isMoveOpen ? withOpenDay(times.move) : times.move;
  const [elsewhere] = times.availability;
  // A customer who is available only on another day wants that day.
  if (elsewhere) return { ...elsewhere, value: { to: elsewhere.value } };
  // "Not today, not tomorrow" names no requested day.
  if (NO_DAY.test(read.folded)) return null;
  const wish = read.findIntent('reschedule') ?? read.findPhrase<true>(RESCHEDULES, true);
  if (!wish) return null;
  return { ...wish, value: { to: null } };
}

/** Words that ask for another day and name none. */
const RESCHEDULES =
  /\b(?:gotta|got to|have to|need to|want to|like to|can (?:i|we|you)|could (?:i|we|you)) (?:reschedule|rearrange)\b|\b(?:necesito|quiero|quisiera|puedo|podemos) (?:reprogramar|reagendar|cambiar (?:la fecha|el dia))\b/;
/** Words that keep the planned day. */
const KEEPS_DAY =
  /\bkeep it\b|\bleave it (?:on|for|at|as)\b|\bas planned\b|\bdejen?lo (?:el|para|como)\b|\bcomo estaba\b/;
/** Words that exclude days without asking for another. */
const NO_DAY = /\bnot today,? not (?:tomorrow|ever)\b|\bni hoy ni (?:manana|nunca)\b/;
/** Words that ask for another time on the same day. */
const OTHER_TIME =
  /\b(?:later|earlier|sooner|prepone|postpone|bring forward|mas tarde|mas temprano|adelant\w+|atras\w+|mejor)\b/;

const isDayOnly = ({ start, end }: Interval): boolean => end.getTime() - start.getTime() >= WHOLE_DAY_MS;

/** A day without a time has no window, because the customer did not say that any time suits. */
function withOpenDay(move: NonNullable<ComposedTimes['move']>): NonNullable<ComposedTimes['move']> {
  const { to } = move.value;
  return to !== null && isDayOnly(to) ? { ...move, value: { to: null } } : move;
}
