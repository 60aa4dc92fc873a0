import type { Span } from '../reading/reader.js';
import { pattern } from '../text/patterns.js';
import type { WordsRead } from './words-read.js';

/** Words between two places that make the second a correction. Folded, as all words of this file. */
const CORRECTION = pattern`\b(?:${[
  /(?:no|nah|nope),? (?:wait|sorry|tell a lie|actually|hang on|hold on|i mean|make (?:it|that)|better|rather)/,
  /(?:wait|sorry|actually|oh),? no\b/,
  'scratch that',
  'i mean',
  'make that',
  'or rather',
  'strike that',
  /no,? (?:mentira|perdon|digo|espera|espere|mejor|ya en serio|mas bien)/,
  /(?:digo|perdon|ay|espera|espere),? no\b/,
  'mejor dicho',
  'mas bien',
  'me equivoque',
]})`;
/**
 * Words that are a correction only before an article: "in the shed no the garage". Otherwise they exclude the second
 * place.
 */
const BARE_NO = /^,? ?(?:no|nah|nope) ?,?$/;
const ENGLISH_PLACE = /^(?:the|my|our|in|on|at|by|behind|under|inside|out|round|around|put|leave)$/;
/** Words directly after a place that withdraw it. */
const REJECTED = pattern`^(?:, )?(?:jaja )?${[
  /no,? (?:verdad|cabe|va a caber|mentira|ya en serio|tell a lie|wait|actually|hang on|hold on|sorry|scratch|not there|ahi no)\b/,
  /(?:so |pues )?(?:nah|nope)\b/,
  /(?:or )?(?:er |um |uh )*(?:actually|you know what)\b/,
  /(?:would|would've|would have|could|might|may) (?:be|been|have been|work) (?:\w+ ){0,2}?(?:but|only|except|if)\b/,
  /(?:seria|estaria|hubiera sido) (?:\w+ ){0,2}?(?:pero|solo que|nomas que)\b/,
  /(?:\w+ ){0,2}?(?:esta llen|esta cerrad|no cabe|is full|it's full|is locked|it's locked|won't fit|doesn't fit|is packed)/,
]}`;
/** Maximum number of words of a withdrawal after a place. */
const WORDS_AFTER = 8;

/** A place to leave the parcel. */
export interface MeantPlace extends Span {
  /** Whether it replaces a place that the customer named by mistake. */
  readonly isCorrection: boolean;
}

const isOfPlace = ({ tag }: Span): boolean => tag === 'put' || tag === 'avoid';

/**
 * Returns the places to leave the parcel, without those that the customer corrected: "in the shed, no, the garage" is
 * the garage, even if the reader tagged it as excluded.
 */
export function findMeantPlaces(read: WordsRead): MeantPlace[] {
  const places = read.reading.spans.filter(isOfPlace);
  const kept: MeantPlace[] = [];
  places.forEach((span, index) => {
    const before = places[index - 1];
    const replaces = before !== undefined && before.tag === 'put' && meansSecond(read, before, span);
    if (replaces && kept.at(-1)?.from === before.from) kept.pop();
    if (replaces || span.tag === 'put') kept.push({ ...span, tag: 'put', isCorrection: replaces });
  });
  return kept.filter((span) => !isRejected(read, span));
}

/** Returns the places that must not be used, without those that are a correction of another place. */
export const findRuledOutPlaces = (read: WordsRead): Span[] => {
  const meant = new Set(findMeantPlaces(read).map(({ from }) => from));
  return read.findSpans('avoid').filter(({ from }) => !meant.has(from));
};

function meansSecond(read: WordsRead, first: Span, second: Span): boolean {
  const between = read.words.slice(first.to, second.from).join(' ');
  if (CORRECTION.test(between) && second.from - first.to <= WORDS_AFTER) return true;
  const opening = read.words[second.from] ?? '';
  return BARE_NO.test(between) && ENGLISH_PLACE.test(opening);
}

const isRejected = (read: WordsRead, { to }: Span): boolean =>
  REJECTED.test(read.words.slice(to, to + WORDS_AFTER).join(' '));
