import { CONNECTORS, KEYS } from '../codes/code-words.words.js';
import {
  countHomophones,
  extendLeft,
  extendRight,
  hasCommonHomophone,
  isCodePiece,
  readCode,
  readGarbledCode,
} from '../codes/read-code.js';
import type { Found } from '../model/types.js';
import type { Span } from '../reading/reader.js';
import { findNamedCodes, UNCERTAIN } from './named-codes.js';
import type { WordsRead } from './words-read.js';
import { SPAN_THRESHOLD } from './thresholds.js';
import {
  AFTER_OTHER_NUMBERS,
  CODE_WORDS,
  FORMER,
  IS_THE_CODE,
  MAY_BE_DIGIT,
  NAMED_CODE,
  NO_CODE,
  OTHER_CODE,
  OLD,
  OPENS_AFTER,
  OTHER_NUMBERS,
  PRESSED,
  REPLACED_CODE,
  WITHDRAWAL,
} from './access-code.words.js';

/** Number of words before a number that show what it is. */
const WORDS_BEFORE = 6;
/** Minimum confidence of a short code, 0–1. */
const SURE = 0.9;
/** Likelihood of a mark, 0–1, from which on a number that is pressed opens something, whatever it is called. */
const SURELY_MARKED = 0.95;
/** A less likely mark, 0–1, is no other code. */
const MIN_OTHER_CODE = 0.35;
/** Digits of a number that is only called a code. */
const MIN_DIGITS = 3;
const WORDS_AROUND = { before: 8, after: 12 } as const;

/**
 * Returns the code that opens a door or gate. The code is complete or absent: if a word of it is not understood, if
 * there are two different codes or if the words are a joke, it is reported as unclear.
 */
export function findAccessCode(read: WordsRead): Found<string> | null {
  const found: Found<string>[] = [];
  const marked = joinSpans(read);
  const named = findNamedCodes(read);
  const isWithin = (one: Span): boolean => named.some(({ from, to }) => from <= one.from && one.to <= to);
  const garbled = named.filter(({ isGarbled }) => isGarbled || marked.length === 0);
  const spans = [...marked.filter((one) => garbled.length === 0 || !isWithin(one)), ...garbled];
  for (const span of spans) {
    if (isKeyName(read, span) && spans.length > 1) continue;
    const whole = { from: extendLeft(read.words, span.from), to: extendRight(read.words, span.to, span.from) };
    const isNone =
      !opensSomething(read, { ...span, ...whole }) ||
      isOtherNumber(read, whole) ||
      isWithdrawn(read, { ...span, ...whole });
    const words = read.wordsOf(whole);
    const value = isNone ? null : readGarbledCode(words);
    const confidence =
      hasCommonHomophone(words) || countHomophones(words, 0) > 0
        ? Math.min(span.confidence, UNCERTAIN)
        : span.confidence;
    const isSure = value !== null && (value.length >= MIN_DIGITS || span.confidence >= SURE);
    if (!isSure) read.noteUnclear('accessCode', read.toEvidence(whole));
    else found.push({ value, confidence, evidence: read.toEvidence(whole) });
  }
  const [first] = found;
  const isCorrected = spans.some((span) => isFollowedByOther(read, span));
  const codes = spans.filter((span) => spans.length === 1 || !isKeyName(read, span));
  const isAllRead = found.length === codes.length && !hasUnsureCode(read, found);
  // "The code is 4521 … two oh": the reader tagged something else than what the words call the code.
  const isOverlooked = named.some((one) => !spans.some((span) => overlaps(one, span) || replaces(read, one, span)));
  if (first && isAllRead && !isCorrected && !isOverlooked && found.every(({ value }) => value === first.value))
    return first;
  for (const { evidence } of found) read.noteUnclear('accessCode', evidence);
  return null;
}

const overlaps = (a: Pick<Span, 'from' | 'to'>, b: Pick<Span, 'from' | 'to'>): boolean =>
  a.from < b.to && b.from < a.to;

/** Whether words between two codes withdraw the first. */
function replaces({ words }: WordsRead, first: Pick<Span, 'to'>, second: Pick<Span, 'from'>): boolean {
  const between = words.slice(first.to, second.from).join(' ');
  return second.from >= first.to && (WITHDRAWAL.test(between) || REPLACED_CODE.test(between));
}

/** "First the pound key" only tells how the code is pressed. */
const isKeyName = (read: WordsRead, span: Span): boolean =>
  read.wordsOf(span).every((word) => KEYS[word] !== undefined || CONNECTORS.has(word));

/** "Eight one one two, I think, no, eight one two one": another number of the same length that corrects the code. */
function isFollowedByOther({ reading, words }: WordsRead, span: Span): boolean {
  const next = reading.spans.find((one) => one.tag === 'num' && one.from >= span.to && one.from - span.to <= 6);
  if (!next || !WITHDRAWAL.test(words.slice(span.to, next.from).join(' '))) return false;
  const [first, second] = [span, next].map(({ from, to }) => readCode(words.slice(from, to))?.length ?? 0);
  return second !== undefined && second > 0 && second >= (first ?? 0);
}

/** Whether words that may be another code were not read. */
const hasUnsureCode = ({ reading }: WordsRead, found: readonly Found<string>[]): boolean =>
  reading.spans.some(
    (span) =>
      span.tag === 'code' &&
      span.confidence < SPAN_THRESHOLD &&
      span.confidence >= MIN_OTHER_CODE &&
      !found.some(
        ({ evidence }) =>
          evidence.start <= (reading.tokens[span.from]?.start ?? 0) &&
          (reading.tokens[span.to - 1]?.end ?? 0) <= evidence.end,
      ),
  );

/** The marked codes; those with only connecting words between them are one. */
function joinSpans(read: WordsRead): Span[] {
  const joined: Span[] = [];
  const unsure = read.reading.spans.filter(
    ({ tag, confidence }) => tag === 'num' || (tag === 'code' && confidence < SPAN_THRESHOLD),
  );
  const called = unsure.filter((span) => isCalledCode(read, span));
  const marked = [...read.findSpans('code'), ...called].map((span) => sinceCorrection(read, span));
  for (const span of marked.sort((a, b) => a.from - b.from)) {
    const before = joined.at(-1);
    const between = read.words.slice(before?.to ?? 0, span.from);
    // "Seven no wait eight three three one": the correction withdraws the shorter beginning.
    if (
      before &&
      ((between.length <= 6 && WITHDRAWAL.test(between.join(' '))) ||
        (between.length <= 18 && REPLACED_CODE.test(between.join(' ')))) &&
      before.to - before.from <= span.to - span.from
    )
      joined.pop();
    const isOne = before && read.words.slice(before.to, span.from).every((word) => CONNECTORS.has(word));
    if (isOne)
      joined.splice(-1, 1, { ...before, to: span.to, confidence: Math.min(before.confidence, span.confidence) });
    else joined.push(span);
  }
  return joined;
}

/** Returns the words after a correction: "three three eight zero sorry three three eight one". */
function sinceCorrection({ words }: WordsRead, span: Span): Span {
  const at = words.findLastIndex((word, index) => index > span.from && index < span.to - 1 && WITHDRAWAL.test(word));
  const isWhole = at - span.from <= span.to - (at + 1);
  return at > span.from && isWhole ? { ...span, from: at + 1 } : span;
}

/** Whether the words speak of something to open, or of pressing keys that only codes have. */
const opensSomething = (read: WordsRead, { from, to, confidence }: Pick<Span, 'from' | 'to' | 'confidence'>): boolean =>
  read.hasWordOf('opens') ||
  read.words.some((word) => CODE_WORDS.has(word.replace(/'s$/, ''))) ||
  OPENS_AFTER.test(read.folded) ||
  (PRESSED.test(read.folded) &&
    (confidence >= SURELY_MARKED || read.words.slice(from, to).some((word) => KEYS[word] !== undefined)));

/** Whether the words call a number a current code that the reader did not tag as one. */
function isCalledCode({ words }: WordsRead, { from, to }: Span): boolean {
  const before = words.slice(Math.max(0, from - WORDS_BEFORE), from);
  const after = words.slice(to, to + WORDS_BEFORE);
  const nearest = before.findLast((word) => NAMED_CODE.has(word) || OTHER_NUMBERS.has(word));
  const isPressed = PRESSED.test(before.join(' ')) && OPENS_AFTER.test(after.join(' '));
  // Only codes end with a star or a pound sign.
  const isKeyed = KEYS[words[to] ?? ''] !== undefined && /^\d{3,}$/.test(words.slice(from, to).join(''));
  const isNamed =
    isPressed || isKeyed || (nearest !== undefined && NAMED_CODE.has(nearest)) || IS_THE_CODE.test(after.join(' '));
  const around = words.slice(Math.max(0, from - WORDS_AROUND.before), to + WORDS_AROUND.after).join(' ');
  const value = isNamed && !OLD.test(around) ? readCode(words.slice(from, to)) : null;
  return value !== null && value.replace(/\D/g, '').length >= MIN_DIGITS;
}

/** Whether the last word that names the kind of a number names one that opens nothing: "the postcode is …". */
function isOtherNumber({ words }: WordsRead, { from, to }: Pick<Span, 'from' | 'to'>): boolean {
  if (words.slice(to, to + 3).some((word) => AFTER_OTHER_NUMBERS.has(word))) return true;
  // "The code is for two seven one": the first word may be a digit.
  if (MAY_BE_DIGIT.test(words.slice(Math.max(0, from - 2), from).join(' '))) return true;
  const before = words.slice(Math.max(0, from - WORDS_BEFORE), from);
  if (OTHER_CODE.test(before.join(' ')) || FORMER.test(before.join(' '))) return true;
  // "The code for apartment 12 is": the other number has been said.
  const says = (word: string, at: number): boolean =>
    CODE_WORDS.has(word) || (OTHER_NUMBERS.has(word) && !isCodePiece(before, at + 1));
  const word = before.findLast(says);
  return word !== undefined && OTHER_NUMBERS.has(word);
}

/** Whether the words around a code make it a joke, incomplete or forgotten. */
function isWithdrawn({ words, reading }: WordsRead, { from, to }: Span): boolean {
  const before = reading.spans.findLast((one) => one.to <= from && (one.tag === 'num' || one.tag === 'code'));
  const start = Math.max(before?.to ?? 0, from - WORDS_AROUND.before);
  return NO_CODE.test(words.slice(start, to + WORDS_AROUND.after).join(' '));
}
