import type { Reading, Span } from '../reading/reader.js';

/** Confidence of a person whom the reader has not tagged, 0–1. */
const CONFIDENCE = 0.6;
const WITH = /^(?:with|to|at|con|a)$/;
const DETERMINER = /^(?:my|the|our|mi|mis|el|la|los|las|nuestra|nuestro)$/;
const NEIGHBOR = /^(?:neighbou?rs?(?:'s)?|vecin[oa]s?)$/;
/** Words that send the parcel to a door: "try number 16". */
const TRY = /^(?:try|intente|intenten|toque|toquen)$/;
const DOOR = /^(?:number|apartment|apt|unit|flat|house|numero|casa|depto|departamento)$/;
/** Words that make such a phrase mean something else. */
const DENIAL = /^(?:not|no|never|don't|nunca|ni|without|sin)$/;
const WORDS_BEFORE = 6;

/**
 * Adds neighbors who are explicitly named and whom the reader has not tagged: "leave it with my neighbor", "try number
 * 16". Removes spans that the reader has tagged in their place.
 */
export function withPlainPeople(reading: Reading): Reading {
  const words = reading.tokens.map(({ text }) => text);
  const isMarked = (from: number, to: number): boolean =>
    reading.spans.some((one) => one.from < to && from < one.to && !isFragment(one, words) && one.tag !== 'num');
  const isCondition = (at: number): boolean =>
    reading.spans.some(({ tag, from, to }) => tag === 'cond' && from <= at && at < to);
  const added = words.flatMap((_, at) => {
    const span = findNeighbor(words, at) ?? findDoor(words, at);
    const isDenied = words
      .slice(Math.max(0, at - WORDS_BEFORE), at)
      .some((word, index) => DENIAL.test(word) && !isCondition(Math.max(0, at - WORDS_BEFORE) + index));
    return span && !isMarked(span.from, span.to) && !isDenied ? [span] : [];
  });
  if (added.length === 0) return reading;
  const kept = reading.spans.filter((one) => !isFragment(one, words) && !(one.tag === 'num' && isWithin(one, added)));
  return { ...reading, spans: [...kept, ...added].sort((a, b) => a.from - b.from) };
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
