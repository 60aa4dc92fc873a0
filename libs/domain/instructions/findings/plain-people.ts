import { NOT_NAMES } from '../people/people.words.js';
import type { Reading, Span } from '../reading/reader.js';
import {
  AFTER_NAME,
  AFTER_RELATION,
  DETERMINER,
  GIVEN,
  GIVES,
  NEIGHBOR,
  RELATION,
  STAFF,
  WITH,
} from './plain-people.words.js';

/** Confidence of a person whom the reader has not tagged, 0–1. */
const CONFIDENCE = 0.6;
/** Words that send the parcel to a door: "try number 16". */
const TRY = /^(?:try|intente|intenten|toque|toquen)$/;
const DOOR = /^(?:number|apartment|apt|unit|flat|house|numero|casa|depto|departamento)$/;
/** Words that make such a phrase mean something else. */
const DENIAL = /^(?:not|no|never|don't|nunca|ni|without|sin)$/;
const WORDS_BEFORE = 6;

/**
 * Adds people who are explicitly named and whom the reader has not tagged: "leave it with my neighbor", "give it to my
 * cousin", "al guardia", "try number 16". Removes spans that the reader has tagged in their place. A name directly after
 * a relation belongs to the person: "my cousin hamid he's on the register".
 */
export function withPlainPeople(reading: Reading): Reading {
  const words = reading.tokens.map(({ text }) => text);
  const isMarked = (from: number, to: number): boolean =>
    reading.spans.some((one) => one.from < to && from < one.to && !isFragment(one, words) && one.tag !== 'num');
  const isCondition = (at: number): boolean =>
    reading.spans.some(({ tag, from, to }) => tag === 'cond' && from <= at && at < to);
  const added = words.flatMap((_, at) => {
    const span =
      findNeighbor(words, at) ?? findReceiver(words, at) ?? findNamedRelation(words, at) ?? findDoor(words, at);
    const isDenied = words
      .slice(Math.max(0, at - WORDS_BEFORE), at)
      .some((word, index) => DENIAL.test(word) && !isCondition(Math.max(0, at - WORDS_BEFORE) + index));
    return span && !isMarked(span.from, span.to) && !isDenied ? [span] : [];
  });
  const kept = reading.spans.filter((one) => !isFragment(one, words) && !(one.tag === 'num' && isWithin(one, added)));
  const spans = [...kept, ...added].sort((a, b) => a.from - b.from);
  return { ...reading, spans: spans.map((span) => withName(withNameBefore(span, words), spans, words)) };
}

/** Extends a person over the name that follows a relation and after which the statement goes on or ends. */
function withName(span: Span, spans: readonly Span[], words: readonly string[]): Span {
  const name = words[span.to] ?? '';
  const isName = mayBeName(name);
  const isOver = span.to + 1 === words.length || AFTER_NAME.test(words[span.to + 1] ?? '');
  const isTagged = spans.some(({ from, to }) => from <= span.to && span.to < to);
  const isRelation = (span.tag === 'person' || span.tag === 'noperson') && RELATION.test(words[span.to - 1] ?? '');
  return isRelation && isName && isOver && !isTagged ? { ...span, to: span.to + 1 } : span;
}

/** Whether a verb of handing over governs "to" or "with" at an index. */
function isGivenTo(words: readonly string[], at: number): boolean {
  let verb = at - 1;
  while (verb >= 0 && at - verb <= 4 && GIVEN.test(words[verb] ?? '')) verb -= 1;
  return GIVES.test(words[verb] ?? '');
}

/** Whether a word may be a name: it is no known word for a person, a place or an act. */
const mayBeName = (word: string): boolean =>
  /^\p{L}[\p{L}'’-]{2,}$/u.test(word) && !NOT_NAMES.has(word) && !AFTER_NAME.test(word) && !AFTER_RELATION.test(word);

/** "Hand it to rosa my housekeeper". */
function withNameBefore(span: Span, words: readonly string[]): Span {
  const isReceiver = span.tag === 'person' && WITH.test(words[span.from - 2] ?? '') && isGivenTo(words, span.from - 2);
  return isReceiver && DETERMINER.test(words[span.from] ?? '') && mayBeName(words[span.from - 1] ?? '')
    ? { ...span, from: span.from - 1 }
    : span;
}

/** "My mum beryl will be in". */
function findNamedRelation(words: readonly string[], at: number): Span | null {
  const [determiner = '', relation = '', name = '', next = ''] = words.slice(at, at + 4);
  const isNamed = /^(?:my|our|mi)$/.test(determiner) && RELATION.test(relation) && mayBeName(name);
  const isThere = /^(?:will|'ll|is|can|she'll|he'll|esta|va|lo|la|los|puede)$/.test(next);
  return isNamed && isThere ? { tag: 'person', from: at, to: at + 3, confidence: CONFIDENCE } : null;
}

/** "Give it to my cousin", "denselo a mi esposo", "déjenselo al guardia". */
function findReceiver(words: readonly string[], at: number): Span | null {
  if (!WITH.test(words[at] ?? '')) return null;
  const nounAt = words[at] === 'al' || !DETERMINER.test(words[at + 1] ?? '') ? at + 1 : at + 2;
  const hasDeterminer = words[at] === 'al' || nounAt === at + 2;
  const noun = words[nounAt] ?? '';
  if (!hasDeterminer || !(STAFF.test(noun) || RELATION.test(noun))) return null;
  if (!isGivenTo(words, at)) return null;
  return { tag: 'person', from: words[at] === 'al' ? nounAt : at + 1, to: nounAt + 1, confidence: CONFIDENCE };
}

/** Words of a place without its noun: "at my". */
const isFragment = ({ tag, from, to }: Span, words: readonly string[]): boolean =>
  tag === 'put' && words.slice(from, to).every((word) => WITH.test(word) || DETERMINER.test(word));

const isWithin = (one: Span, spans: readonly Span[]): boolean =>
  spans.some(({ from, to }) => from <= one.from && one.to <= to);

function findNeighbor(words: readonly string[], at: number): Span | null {
  const isNamed =
    WITH.test(words[at] ?? '') && DETERMINER.test(words[at + 1] ?? '') && NEIGHBOR.test(words[at + 2] ?? '');
  return isNamed ? { tag: 'person', from: at + 1, to: at + 3, confidence: CONFIDENCE } : null;
}

function findDoor(words: readonly string[], at: number): Span | null {
  const isNamed = TRY.test(words[at] ?? '') && DOOR.test(words[at + 1] ?? '') && /^\d+$/.test(words[at + 2] ?? '');
  return isNamed ? { tag: 'person', from: at + 1, to: at + 3, confidence: CONFIDENCE } : null;
}
