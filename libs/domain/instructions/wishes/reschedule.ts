import { DateTime } from 'luxon';
import { spanOn } from './availability.js';
import { findDays, type DayMention } from '../times/days.js';
import { evidenceAt, findPhrase, type Phrase } from '../text/find-phrase.js';
import { findTimeSpans } from '../times/time-spans.js';
import type { Found, Instructions, InstructionsContext } from '../model/types.js';

const REQUESTS: readonly Phrase[] = [
  [
    /\b(reschedule|re-schedule|postpone|rebook|push it (back|out|to)|move (it|the delivery|my delivery|this) (to|back|up|until)|delay (it|the delivery|this)|put it off)\b/g,
    0.95,
  ],
  [
    /\b(another|a different|different|some other|a better|any other|a later|a new) (day|date|time|week|slot|evening|morning|afternoon)\b/g,
    0.92,
  ],
  [
    /\bchange (it|this|that|the (delivery|day|date|time|slot|appointment)|my delivery) (to|for)\b|\bchange the (day|date|time|delivery (date|time|day))\b/g,
    0.9,
  ],
  [
    /\b(can|could) (it|this|that|the (parcel|package|delivery)) wait\b|\b(can|could) you (hold|keep|wait)\b|\b(today|tomorrow|(this|that) (day|time)|(this|that) (morning|afternoon|evening)) (doesn't|does not|won't|isn't|is not|is no) (going to )?(work|good|suit|possible)\b|\bpush it\b/g,
    0.88,
  ],
  [
    /\bcome (back )?(later|earlier|next week|another|some other)\b|\b(try|come|deliver) again\b(?! (if|the bell))/g,
    0.82,
  ],
  [
    /\b(not|can't do( it)?|doesn't work|isn't good|no good|don't (come|deliver|bring it)) (today|tomorrow|this week|that day|on (monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b/g,
    0.85,
  ],
  [
    /\b(reprogram\w+|cambi(ar|e|en|emos) (el dia|la fecha|la hora|la entrega)|(otro|otra) (dia|fecha|hora|momento|horario)|aplaz\w+|pospon\w+|pospong\w+|mover la entrega)\b/g,
    0.92,
  ],
];

/** "Can you come on Thursday", "bring it tomorrow": a wish to have it then. */
const BRING_IT =
  /\b(come|deliver(ed)?|bring|drop( it)?( off)?|do it|send|have it|get it|make it|leave it (until|till|for)|hold (on to )?it (until|till|for)|(monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)( \w+)? (please|would be)|works|better|prefer|instead|how about|what about|possible|any chance|any way|(can|could) (we|you|they|it)|rather|let's|would like|i'd like|make that|se puede|podria\w*|pueden|quisiera|venga\w*|traiga\w*|entreg\w*|mejor|puede\w*)\b/;

/**
 * The wish for another window. A day other than the planned one must be asked for, or follow on not being there; `to` is
 * the window if a time was said with it.
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
  // Without another day a time counts only where it is the wished one, after the request.
  const span = day
    ? (spans.find((one) => one.start >= (other?.start ?? 0) && one.kind !== 'part') ??
      spans.find((one) => one.start >= (other?.start ?? 0)) ??
      spans.find((one) => one.end <= (other?.start ?? 0) && one.end + 6 >= (other?.start ?? 0)))
    : spans.find((one) => request !== null && one.start >= request.start);
  const to =
    span && span.kind !== 'at' && (day ?? (others.length === 0 ? plannedDay : null))
      ? spanOn(span, day ?? plannedDay)
      : null;
  const from = Math.min(start, other?.start ?? start);
  return {
    value: { to },
    confidence: request?.confidence ?? (unavailable.length > 0 ? 0.8 : 0.72),
    evidence: evidenceAt(text, from, Math.max(end, other?.end ?? end, span?.end ?? end)),
  };
}

/** "Not on Friday", "I'm away tomorrow": a day that is ruled out. */
function isDenied(folded: string, mention: DayMention, days: readonly DayMention[]): boolean {
  const before = days.filter(({ end }) => end <= mention.start).at(-1);
  const words = folded.slice(Math.max(before?.end ?? 0, mention.start - 40), mention.start);
  // "Not today or tomorrow": what is said of one day holds for the next one in the list.
  if (before && /^ (or|nor|and|ni|y|o) $/.test(words)) return isDenied(folded, before, days);
  return (
    /\b(not|isn't|can't|won't|n't|away|out|no|busy|except)( \w+){0,3} (on |until |till )?$/.test(words) &&
    !/\b(but|instead|so|then|can you|could you|how about|what about)\b( \w+){0,4} $/.test(words)
  );
}
