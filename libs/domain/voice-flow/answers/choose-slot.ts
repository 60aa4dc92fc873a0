import { DateTime } from 'luxon';
import { fold } from '#libs/domain/instructions/text/fold.js';
import { matchChoice } from '#libs/domain/instructions/wishes/quick-match.js';
import { tokenize } from '#libs/domain/instructions/reading/tokens.js';
import { findTimePhrases } from '#libs/domain/instructions/times/time-phrase.js';
import type { Window } from '#libs/domain/instructions/times/window.js';
import type { Language, OfferedSlot } from '../model/types.js';

/** Maximum words of an answer that chooses a slot by its time. A longer answer does not choose a slot. */
const MAX_TIME_WORDS = 8;
/** Maximum words and signs that are read. */
const MAX_WORDS = 16;
/** Words that turn an answer into a refusal of the time it mentions. */
const REFUSAL = /\b(no|not|nor|neither|can't|cannot|won't|don't|isn't|doesn't|away|out|tampoco|ni|fuera)\b/;

/** A choice by its place in the list, which is no date: "the third one". */
const OTHER_CHOICE =
  /\b(?:first|second|third|fourth|last|primer[ao]?|segund[ao]|tercer[ao]?|ultim[ao]) (?:one|option|choice|opcion)\b|\b(?:option|number|choice|opcion) \w+/;

/** The slots that an answer chooses from, and the context in which it is interpreted. */
export interface SlotChoice {
  readonly slots: readonly OfferedSlot[];
  readonly zone: string;
  readonly language: Language;
  /** The time of the answer; "tomorrow" is the day after it. */
  readonly now: Date;
}

/**
 * Finds the offered slot that an answer chooses, by its number or by day and time.
 * @returns `null` when the answer matches no slot or several
 */
export function chooseSlot(text: string, { slots, zone, language, now }: SlotChoice): OfferedSlot | null {
  const choice = matchChoice(text, language, slots.length);
  if (choice) return slots[choice.value] ?? null;
  const folded = fold(text);
  const answer = folded.replace(/^\s*no\b/, '');
  if (answer.trim().split(/\s+/).length > MAX_TIME_WORDS || REFUSAL.test(answer)) return null;
  if (OTHER_CHOICE.test(folded)) return null;
  const words = tokenize(text, MAX_WORDS).map((token) => token.text);
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const context = { today, isRuledOut: false, half: null, planned: { from: 0, to: 0 } } as const;
  const phrases = findTimePhrases(words, context);
  const days = phrases.flatMap((phrase) => (phrase.days ?? []).map((day) => day.toISODate()));
  const spans = phrases.flatMap(({ windows }) => windows);
  if (days.length === 0 && spans.length === 0) return null;
  const matching = slots.filter(({ window: { start, end } }) => {
    const local = DateTime.fromJSDate(start, { zone });
    const durationMinutes = (end.getTime() - start.getTime()) / 60_000;
    return (
      (days.length === 0 || days.includes(local.toISODate())) &&
      (spans.length === 0 || spans.some((span) => matchesSlot(span, local.hour * 60 + local.minute, durationMinutes)))
    );
  });
  return matching.length === 1 ? (matching[0] ?? null) : null;
}

/**
 * Whether a time span that the customer named matches a slot. "At three" matches a window that contains three o'clock;
 * "the afternoon" matches one that overlaps it.
 * @param slotStart minutes since local midnight
 */
const matchesSlot = ({ kind, from, to }: Window, slotStart: number, durationMinutes: number): boolean =>
  kind === 'at'
    ? slotStart <= from && from < slotStart + durationMinutes
    : slotStart < to && from < slotStart + durationMinutes;
