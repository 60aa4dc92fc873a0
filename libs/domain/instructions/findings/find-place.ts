import { DateTime } from 'luxon';
import { namePlace } from '../places/name-place.js';
import { readTimePhrase } from '../times/time-phrase.js';
import { isDeniedPerson, isDeniedPlace, isOnlyMentioned } from '../times/polarity.js';
import { isSarcasm, isWithdrawn, isHypothetical, declinesParcel } from '../times/hypothetical.js';
import type { Span } from '../reading/reader.js';
import type { Found, Recipient, SafePlace } from '../model/types.js';
import {
  ANYWHERE,
  ASKS,
  CORRECTS,
  DIRECTLY_EXCLUDED,
  EXCEPTED,
  FITS,
  FLOOR,
  HOLDS_THINGS,
  NEARBY,
  NOT_A_PLACE,
  NOT_THEM,
  OTHERS_ABSENCE,
  PARCEL_WORDS,
  POINTS,
  PUTS,
  REPLACED_BY,
} from './place.words.js';
import { findMeantPlaces, findRuledOutPlaces } from './corrected-places.js';
import { SPAN_THRESHOLD } from './thresholds.js';
import { findRefusal } from './find-wishes.js';
import type { WordsRead } from './words-read.js';

/** Number of words before a place that may except it. */
const WORDS_OF_EXCEPTION = 9;
/** Minimum confidence of a place, 0–1, to be shown to the agent. */
const MIN_CONFIDENCE = 0.55;
/** Reduction of the minimum confidence, 0–1, for a place that is described and not named. */
const LESS_FOR_DESCRIPTION = 0.2;
const PLACES_OF_STAFF: ReadonlySet<SafePlace> = new Set(['concierge', 'reception']);
/** Words that the reader may tag as a place although they name none. */
const NAMELESS = [FLOOR, NOT_A_PLACE] as const;
/** Places that mean a person. */
const PLACES_OF_PEOPLE: ReadonlySet<SafePlace> = new Set(['neighbour', 'concierge', 'reception']);

/**
 * Returns where the parcel may be left; `null` if no place is named or the words around it negate it.
 * @param recipient another person who takes the parcel, who is a neighbor if a door or the words say so
 */
export function findPlace(read: WordsRead, recipient: Recipient | null): Found<SafePlace> | null {
  if (findRefusal(read)) return null;
  if (isSarcasm(read.folded)) {
    for (const span of read.findSpans('put')) read.noteUnclear('safePlace', read.toEvidence(span));
    return null;
  }
  const excluded = findRuledOutPlaces(read).map((span) => namePlace(read.wordsOf(span)));
  const isExcluded = (span: Span): boolean => {
    const place = namePlace(read.wordsOf(span));
    return place !== 'other' && excluded.includes(place);
  };
  const spans = findMeantPlaces(read)
    .filter(({ confidence }) => confidence >= SPAN_THRESHOLD)
    .filter((span) => isLikely(read, span) && !isDate(read, span))
    .filter((span) => (span.isCorrection || !isDenied(read, span)) && !isOnlyMentioned(read.reading, span))
    .filter((span) => !isHypothetical(read.reading, span) && !isWithdrawn(read.reading, span))
    .filter((span) => !isInsteadOf(read, span, recipient))
    .filter((span) => !isExcluded(span) && !ANYWHERE.test(read.wordsOf(span).join(' ')))
    .filter((span) => !NAMELESS.some((words) => words.test(read.wordsOf(span).join(' '))) && !holdsThings(read, span));
  // "Porch? No, the garage": a correction replaces the earlier place.
  const correction = spans.findLast((span, index) => index > 0 && corrects(read, spans[index - 1], span));
  // A known place takes precedence over a description: "front porch, behind the planter".
  const rank = (one: Span): number =>
    one.confidence - (namePlace(read.wordsOf(one)) === 'other' ? LESS_FOR_DESCRIPTION : 0);
  const [surest] = [...spans].sort((a, b) => rank(b) - rank(a));
  const span = correction ?? surest;
  const ofPerson = findPlaceOfPerson(read, recipient);
  if (span && ofPerson && isReplacedByPerson(read, span)) return ofPerson;
  // "In the office, with the receptionist" is the reception.
  const isDescribed = span !== undefined && namePlace(read.wordsOf(span)) === 'other';
  if (isDescribed && ofPerson && PLACES_OF_STAFF.has(ofPerson.value)) return ofPerson;
  return span ? nameSpan(read, span) : ofPerson;
}

/** Places where the parcel must not be left. */
export function findExcludedPlaces(read: WordsRead): Found<SafePlace>[] {
  const denied = findMeantPlaces(read).filter((span) => !span.isCorrection && isDenied(read, span));
  const unwanted = read.findSpans('person').filter((span) => isDeniedPerson(read.reading, span));
  const barred = [...read.findSpans('noperson'), ...unwanted].filter((span) =>
    PLACES_OF_PEOPLE.has(namePlace(read.wordsOf(span))),
  );
  return [...findRuledOutPlaces(read), ...barred, ...denied]
    .filter((span) => !POINTS.test(read.wordsOf(span).join(' ')))
    .map((span) => toFound(read, span));
}

const toFound = (read: WordsRead, span: Span): Found<SafePlace> => ({
  value: namePlace(read.wordsOf(span)),
  confidence: span.confidence,
  evidence: read.toEvidence(span),
});

function findPlaceOfPerson(read: WordsRead, recipient: Recipient | null): Found<SafePlace> | null {
  if (NOT_THEM.test(read.folded)) return null;
  const people = read
    .findSpans('person')
    .filter((span) => !isDeniedPerson(read.reading, span) && !isHypothetical(read.reading, span))
    .filter((span) => !declinesParcel(read.reading, span) && !isWithdrawn(read.reading, span) && !asks(read, span));
  const taker = people.find((span) => PLACES_OF_PEOPLE.has(namePlace(read.wordsOf(span))));
  if (taker) return toFound(read, taker);
  const [person] = people;
  // In "not with the neighbor, with Toño", Toño is not the neighbor.
  const barred = [
    ...read.findSpans('noperson'),
    ...read.findSpans('person').filter((span) => isDeniedPerson(read.reading, span)),
  ];
  const others = read.words.filter((_, at) => !barred.some(({ from, to }) => from <= at && at < to));
  const isNeighbor = recipient !== null && (recipient.unit !== null || NEARBY.test(others.join(' ')));
  return person && isNeighbor ? { ...toFound(read, person), value: 'neighbour' } : null;
}

/** Whether a place is only a fallback for when the recipient is not there: "if he's not in, behind the bin". */
function isInsteadOf(read: WordsRead, { from }: Span, recipient: Recipient | null): boolean {
  const condition = read
    .findSpans('cond')
    .find(
      ({ to }) =>
        to <= from && read.words.slice(to, from).every((word) => /^(?:,|then|entonces|leave|it|deje\w*)$/.test(word)),
    );
  const isOfPerson = condition && OTHERS_ABSENCE.test(read.wordsOf(condition).join(' '));
  return isOfPerson === true && recipient !== null && read.findSpans('person').some(({ to }) => to <= condition.from);
}

/** "By the washer, no, you know what, better with the neighbor". */
const isReplacedByPerson = ({ words, reading }: WordsRead, { to }: Span): boolean =>
  reading.spans.some(
    (one) => one.tag === 'person' && one.from >= to && REPLACED_BY.test(words.slice(to, one.from).join(' ')),
  );

/** "Security will ask for a code" gives nothing to security. */
const asks = (read: WordsRead, { to }: Span): boolean => ASKS.test(read.words.slice(to, to + 6).join(' '));

/** Whether a place is likely enough. A known one directly after a verb of putting needs less. */
function isLikely(read: WordsRead, span: Span): boolean {
  if (span.confidence >= MIN_CONFIDENCE || FITS.test(read.folded)) return true;
  const ahead = read.words.slice(Math.max(0, span.from - 2), span.from).join(' ');
  return PUTS.test(ahead) && namePlace(read.wordsOf(span)) !== 'other';
}

/** Whether a place is only where something else is, of which the customer goes on to speak. */
const holdsThings = (read: WordsRead, { to }: Span): boolean =>
  HOLDS_THINGS.test(read.words.slice(to, to + 2).join(' '));

const onlyPoints = (words: string): boolean => {
  const rest = words.replace(PARCEL_WORDS, '');
  return POINTS.test(rest.replace(PARCEL_WORDS, ''));
};

/** Resolves "there" to the place that was named before it. */
function nameSpan(read: WordsRead, span: Span): Found<SafePlace> | null {
  if (!onlyPoints(read.wordsOf(span).join(' '))) return toFound(read, span);
  const named = read.reading.spans.findLast(
    ({ from, tag }) => from < span.from && (tag === 'scenery' || tag === 'put'),
  );
  if (named) return { ...toFound(read, named), confidence: Math.min(span.confidence, named.confidence) };
  read.noteUnclear('safePlace', read.toEvidence(span));
  return null;
}

/** Whether the words are a date and not a place: "on the fifteenth". */
function isDate(read: WordsRead, span: Span): boolean {
  const today = DateTime.fromJSDate(read.context.now, { zone: read.context.zone });
  const phrase = { today, isRuledOut: false, half: null, planned: { from: 0, to: 0 } } as const;
  return readTimePhrase(read.wordsOf(span), phrase) !== null;
}

const isDenied = (read: WordsRead, span: Span): boolean =>
  DIRECTLY_EXCLUDED.test(read.words[span.from - 1] ?? '') ||
  EXCEPTED.test(read.words.slice(Math.max(0, span.from - WORDS_OF_EXCEPTION), span.from).join(' ')) ||
  isDeniedPlace(read.reading, span);

function corrects(read: WordsRead, first: Span | undefined, second: Span): boolean {
  const between = read.words.slice(first?.to ?? 0, second.from).join(' ');
  return CORRECTS.test(between) && !/\b(if|si)\b/.test(between);
}
