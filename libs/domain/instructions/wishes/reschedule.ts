import { DateTime } from 'luxon';
import { toInterval } from './availability.js';
import { findDays, type DayMention } from '../times/days.js';
import { toEvidence, findPhrase } from '../text/find-phrase.js';
import { findTimeSpans } from '../times/time-spans.js';
import type { Found, Instructions, InstructionsContext } from '../model/types.js';
import { BRING_IT, REQUESTS } from './reschedule.words.js';

/**
 * The request for another window. A day other than the planned one counts only if the customer asks for it, or says
 * when no one will be at the address. `to` is the window if a time was named with it.
 */
export function findReschedule(
  { text, now, zone, planned }: InstructionsContext,
  folded: string,
  unavailable: Instructions['unavailable'],
): Found<{ to: { start: Date; end: Date } | null }> | null {
  const plannedDay = DateTime.fromJSDate(planned.start, { zone }).startOf('day');
  const spans = findTimeSpans(folded);
  const request = findPhrase(folded, REQUESTS, true);
  const days = findDays(folded, now, zone);
  const others = days.filter(({ day }) => !day.hasSame(plannedDay, 'day'));
  const other = others.find((mention) => !isDenied(folded, mention, days));
  const instead = /\b(instead|en (su|vez) lugar)\b/.exec(folded);

  if (!request && !(instead && (spans.length > 0 || other))) {
    if (!other) return null;
    const asked = BRING_IT.test(folded) || unavailable.length > 0;
    if (!asked) return null;
  }
  const start = request?.start ?? other?.start ?? instead?.index ?? 0;
  const end = request?.end ?? other?.end ?? (instead ? instead.index + instead[0].length : 0);
  const day = other?.day ?? null;
  // Without another day, only a time after the request is the requested time.
  const span = day
    ? (spans.find((one) => one.start >= (other?.start ?? 0) && one.kind !== 'part') ??
      spans.find((one) => one.start >= (other?.start ?? 0)) ??
      spans.find((one) => one.end <= (other?.start ?? 0) && one.end + 6 >= (other?.start ?? 0)))
    : spans.find((one) => request !== null && one.start >= request.start);
  const to =
    span && span.kind !== 'at' && (day ?? (others.length === 0 ? plannedDay : null))
      ? toInterval(span, day ?? plannedDay)
      : null;
  const from = Math.min(start, other?.start ?? start);
  return {
    value: { to },
    confidence: request?.confidence ?? (unavailable.length > 0 ? 0.8 : 0.72),
    evidence: toEvidence(text, from, Math.max(end, other?.end ?? end, span?.end ?? end)),
  };
}

/** Whether a day is ruled out: "not on Friday", "I'm away tomorrow". */
function isDenied(folded: string, mention: DayMention, days: readonly DayMention[]): boolean {
  const before = days.filter(({ end }) => end <= mention.start).at(-1);
  const words = folded.slice(Math.max(before?.end ?? 0, mention.start - 40), mention.start);
  // "Not today or tomorrow": the denial applies to every day in the list.
  if (before && /^ (or|nor|and|ni|y|o) $/.test(words)) return isDenied(folded, before, days);
  return (
    /\b(not|isn't|can't|won't|n't|away|out|no|busy|except)( \w+){0,3} (on |until |till )?$/.test(words) &&
    !/\b(but|instead|so|then|can you|could you|how about|what about)\b( \w+){0,4} $/.test(words)
  );
}
