import { isCodePiece } from '../codes/read-code.js';
import { pattern, terms } from '../text/patterns.js';
import { findGivenName, readPerson, type PersonWord } from '../people/read-person.js';
import type { Found, Person, Recipient } from '../model/types.js';
import type { Span } from '../reading/reader.js';
import { isDeniedPerson } from '../times/polarity.js';
import { isWithdrawn, isHypothetical, declinesParcel } from '../times/hypothetical.js';
import { NOT_THEM } from './place.words.js';
import type { WordsRead } from './words-read.js';

/** Maximum number of words between a person and their door. */
const WORDS_TO_DOOR = 7;
/** Words that may stand between a person and their door. */
const BEFORE_DOOR = pattern`^${[
  ...terms(
    "next door over across the hall street road way who lives is she's he's they're opposite upstairs downstairs will can take takes it grab hold has de enfrente el la que vive alla aqui arriba abajo lo recibe",
  ),
  /,/,
]}$`;
const DOOR_WORDS = /^(?:in|at|number|no|apartment|apt|flat|unit|casa|del|en|depto|departamento|numero|la|el|house|#)$/;

/** Returns all people who, in the customer's words, take the parcel or must not get it. */
export function findPeople(read: WordsRead): Found<Person>[] {
  const { reading, folded } = read;
  const isDenied = (span: Span): boolean =>
    isDeniedPerson(reading, span) || declinesParcel(reading, span) || NOT_THEM.test(folded);
  const named = read
    .findSpans('person')
    .filter((span) => !isHypothetical(reading, span) && !isWithdrawn(reading, span))
    .map((span) => toFound(read, span, !isDenied(span)));
  const barred = read.findSpans('noperson').map((span) => toFound(read, span, false));
  return [...named, ...barred];
}

/** The first person who takes the parcel and is known by name or door. */
export function findRecipient(people: readonly Found<Person>[]): Found<Recipient> | null {
  const person = people.find(({ value }) => value.mayReceive && (value.name !== null || value.unit !== null));
  return person ? { ...person, value: { name: person.value.name, unit: person.value.unit } } : null;
}

function toFound(read: WordsRead, span: Span, mayReceive: boolean): Found<Person> {
  const units = read.findSpans('unit');
  const marked = units.find(({ from }) => from >= span.to && from - span.to <= WORDS_TO_DOOR);
  const unit = marked ? read.personWordsOf(withLetter(read, marked)) : findDoorAfter(read, span);
  const { name, unit: door } = readPerson(read.personWordsOf(span), mayReceive ? unit : []);
  const all = { from: 0, to: read.words.length };
  const given = name ?? (mayReceive ? findGivenName(read.personWordsOf(all)) : null);
  const evidence = read.toEvidence(span);
  return { value: { who: evidence.text, name: given, unit: door, mayReceive }, confidence: span.confidence, evidence };
}

/** "Apartment four b": the letter after a door's number belongs to it. */
const withLetter = ({ words }: WordsRead, { from, to }: Span): Pick<Span, 'from' | 'to'> => ({
  from,
  to: /^[b-df-hj-np-tv-xz]$/.test(words[to] ?? '')
    ? to + 1
    : words[to] === 'y' && isCodePiece(words, to + 1)
      ? to + 2
      : to,
});

/** "Gus at number nine": the door that follows a person directly. */
function findDoorAfter(read: WordsRead, { to }: Span): PersonWord[] {
  const isFree = (at: number): boolean =>
    !read.reading.spans.some((one) => one.from <= at && at < one.to && one.tag !== 'num' && one.tag !== 'unit');
  let end = to;
  while (end < Math.min(read.words.length, to + WORDS_TO_DOOR) && isFree(end)) end += 1;
  const words = read.personWordsOf({ from: to, to: end });
  const start = words.findIndex(({ text }) => DOOR_WORDS.test(text));
  const isBeside = words.slice(0, Math.max(0, start)).every(({ text }) => BEFORE_DOOR.test(text));
  return start >= 0 && isBeside ? words.slice(start) : [];
}
