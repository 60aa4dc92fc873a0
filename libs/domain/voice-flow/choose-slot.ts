import { DateTime } from 'luxon';
import { findDays } from '#libs/domain/instructions/times/days.js';
import { fold } from '#libs/domain/instructions/text/fold.js';
import { matchChoice } from '#libs/domain/instructions/wishes/quick-match.js';
import { findTimeSpans, type TimeSpan } from '#libs/domain/instructions/times/time-spans.js';
import type { Language, OfferedSlot } from './model/types.js';

/** A longer answer that names a time says more than which time suits. */
const LONGEST_TIME_WORDS = 8;
const TURNED_DOWN = /\b(no|not|nor|neither|can't|cannot|won't|don't|isn't|doesn't|away|out|tampoco|ni|fuera)\b/;

export interface SlotChoice {
  readonly slots: readonly OfferedSlot[];
  readonly zone: string;
  readonly language: Language;
  /** "Tomorrow" is the day after it. */
  readonly now: Date;
}

/** The offered slot that an answer chooses, by its number or by its day and time; `null` if it chooses none or several. */
export function chooseSlot(text: string, { slots, zone, language, now }: SlotChoice): OfferedSlot | null {
  const choice = matchChoice(text, language, slots.length);
  if (choice) return slots[choice.value] ?? null;
  const folded = fold(text);
  const answer = folded.replace(/^\s*no\b/, '');
  if (answer.trim().split(/\s+/).length > LONGEST_TIME_WORDS || TURNED_DOWN.test(answer)) return null;
  const days = findDays(folded, now, zone).map(({ day }) => day.toISODate());
  const spans = findTimeSpans(folded);
  if (days.length === 0 && spans.length === 0) return null;
  const meant = slots.filter(({ window: { start, end } }) => {
    const local = DateTime.fromJSDate(start, { zone });
    const minutes = (end.getTime() - start.getTime()) / 60_000;
    return (
      (days.length === 0 || days.includes(local.toISODate())) &&
      (spans.length === 0 || spans.some((span) => isMeant(span, local.hour * 60 + local.minute, minutes)))
    );
  });
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

/** "At three" is a window in which three o'clock lies, "the afternoon" one that reaches into it. */
const isMeant = ({ kind, from, to }: TimeSpan, start: number, minutes: number): boolean =>
  kind === 'at' ? start <= from && from < start + minutes : start < to && from < start + minutes;
