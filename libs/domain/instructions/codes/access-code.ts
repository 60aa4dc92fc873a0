import { readAnnouncedCode } from './announced-code.js';
import { fold } from '../text/fold.js';
import { readPiece, skipConnectingWords, tokenize, type Token } from './spoken-digits.js';
import type { Found } from '../model/types.js';
import {
  AFTER_NO_CODE,
  CODE_WORD,
  CORRECTION,
  FORMER,
  GIVES,
  NO_CODE,
  NOT_GIVEN,
  NUMBER_OF_SOMETHING,
  OTHER_KIND_OF_CODE,
  OTHER_TOPIC,
} from './access-code.words.js';
import { CALLS, KEYED, NOW_IT_IS, OPENED_BY, OPENS, TO_GET_IN } from './opening.words.js';

interface CodeSequence {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

interface Candidate extends CodeSequence {
  readonly confidence: number;
}

const NAMED_CONFIDENCE = 0.95;
const MIN_LENGTH = 3;
const MAX_LENGTH = 10;
const MIN_DIGITS = 2;
/** Words that ring the bell of an apartment: "press 12B on the panel". */
const UNIT_ON_PANEL = /^\d{1,2}[A-Z]$/;
/** Maximum number of words between "the gate code" and its digits: "for the side door is". */
const MAX_WORDS_BETWEEN = 12;

/** For codes with digits that were recognized as other words, or that continue after a full stop. */
const MISHEARD_CONFIDENCE = 0.6;

/**
 * Returns the code that opens a door or gate, as keyed, if the words state that it does. Any other number (house,
 * phone, time, post code) is not an access code. Returns `null` when in doubt, because a wrong code is worse than none.
 */
export function findAccessCode(text: string): Found<string> | null {
  const folded = fold(text);
  // If an old and a new code are named, the new one counts.
  const code = candidatesIn(text, folded).find(({ start }) => !FORMER.test(folded.slice(0, start)));
  if (!code) return null;
  const evidence = { start: code.start, end: code.end, text: text.slice(code.start, code.end) };
  return { value: code.value, confidence: code.confidence, evidence };
}

/** Returns the positions of all access codes in the text, including former ones, so that they can be masked. */
export function findAccessCodeSpans(text: string): readonly { readonly start: number; readonly end: number }[] {
  return candidatesIn(text, fold(text)).map(({ start, end }) => ({ start, end }));
}

function candidatesIn(text: string, folded: string): Candidate[] {
  const tokens = tokenize(text, folded);
  const sequences = findSequences(tokens, folded);
  return [...namedCodes(tokens, sequences, folded), ...openingNumbers(tokens, sequences, folded)];
}

/** Finds codes after a word for a code: "the gate code is …". */
function namedCodes(tokens: readonly Token[], sequences: readonly CodeSequence[], folded: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const trigger of folded.matchAll(CODE_WORD)) {
    const kind = trigger[1] ?? '';
    if (kind.trim() !== '' && OTHER_KIND_OF_CODE.test(kind)) continue;
    if (NO_CODE.test(folded.slice(0, trigger.index + kind.length))) continue;
    const end = trigger.index + trigger[0].length;
    const announced = announcedAfter(tokens, end, folded);
    if (announced === 'abstain') continue;
    const first = announced ?? sequences.find(({ start }) => start >= end && leadsToCode(folded.slice(end, start)));
    if (!first) continue;
    const confidence = announced?.confidence ?? NAMED_CONFIDENCE;
    const corrected = lastCorrection(first, sequences, folded);
    candidates.push({ ...corrected, confidence: corrected === first ? confidence : NAMED_CONFIDENCE });
  }
  return candidates;
}

/** Returns the code directly after the word for it, or after a later "is", "press", …; `abstain` if it is unclear. */
function announcedAfter(tokens: readonly Token[], end: number, folded: string): Candidate | 'abstain' | null {
  const after = tokens.findIndex(({ start }) => start >= end);
  if (after < 0) return null;
  for (let index = after; index <= after + MAX_WORDS_BETWEEN; index += 1) {
    const token = tokens[index];
    if (!token || !leadsToCode(folded.slice(end, token.start))) return null;
    if (index > after && !GIVES.has(tokens[index - 1]?.text ?? '')) continue;
    const code = readAnnouncedCode(
      tokens,
      index,
      index === after && !folded.slice(end).startsWith("'s") ? 'clean' : 'any',
    );
    if (code === 'abstain') return code;
    if (code && isCode(code, folded, end)) {
      return { ...code, confidence: code.isClean ? NAMED_CONFIDENCE : MISHEARD_CONFIDENCE };
    }
  }
  return null;
}

/** Finds numbers that open something according to the words beside them: "4521 opens the gate". */
function openingNumbers(tokens: readonly Token[], sequences: readonly CodeSequence[], folded: string): Candidate[] {
  const opens = ({ value, start, end }: CodeSequence): boolean =>
    (OPENS.test(folded.slice(end)) && !UNIT_ON_PANEL.test(value)) ||
    (NOW_IT_IS.test(folded.slice(0, start)) && new RegExp(CODE_WORD).test(folded.slice(0, start))) ||
    (value.length > MIN_LENGTH && (OPENED_BY.test(folded.slice(0, start)) || TO_GET_IN.test(folded.slice(0, start))));
  const said = sequences.filter((sequence) => opens(sequence) && !CALLS.test(folded.slice(0, sequence.start)));
  const misheard = tokens.flatMap((token, index) => {
    if (!KEYED.test(folded.slice(0, token.start))) return [];
    const code = readAnnouncedCode(tokens, index, 'any');
    return code && code !== 'abstain' && !code.isClean && opens(code) && isCode(code, folded, 0)
      ? [{ ...code, confidence: MISHEARD_CONFIDENCE }]
      : [];
  });
  return [
    ...misheard,
    ...said.map((sequence) => ({
      ...withLeadingA(sequence, folded),
      confidence: KEYED.test(folded.slice(0, sequence.start)) ? 0.92 : 0.88,
    })),
  ];
}

/** Includes an "a" before a code with letters: "it's A one two B …". */
function withLeadingA(sequence: CodeSequence, folded: string): CodeSequence {
  const { value, start, end } = sequence;
  const isLetter = /[A-Z]/.test(value) && /\b(it's|its|is|es) a $/.test(folded.slice(0, start));
  return isLetter ? { value: `A${value}`, start: start - 2, end } : sequence;
}

/** Applies a correction: "one two three four, sorry, one two three five". */
function lastCorrection(first: CodeSequence, sequences: readonly CodeSequence[], folded: string): CodeSequence {
  let current = first;
  for (const next of sequences) {
    if (next.start <= current.end) continue;
    if (!CORRECTION.test(folded.slice(current.end, next.start))) break;
    current = next;
  }
  return current;
}

/** Whether the words between a word for a code and digits allow the digits to be that code. */
function leadsToCode(between: string): boolean {
  const sentences = between.replace(/^ ?(is|es)?\. ?$/, ' ');
  if (/\.\s/.test(sentences) || OTHER_TOPIC.test(between)) return false;
  if (NOT_GIVEN.test(between)) return false;
  return between.trim().split(/\s+/).length <= MAX_WORDS_BETWEEN;
}

function findSequences(tokens: readonly Token[], folded: string): CodeSequence[] {
  const sequences: CodeSequence[] = [];
  for (let index = 0; index < tokens.length;) {
    const read = readSequence(tokens, index);
    index = read?.next ?? index + 1;
    if (read && isCode(read.sequence, folded, 0)) sequences.push(read.sequence);
  }
  return sequences;
}

/**
 * Whether a run of digits may be a code.
 * @param since start of the words that name the kind of number
 */
function isCode({ value, start, end }: CodeSequence, folded: string, since: number): boolean {
  const digits = value.replace(/\D/g, '').length;
  if (value.length < MIN_LENGTH || value.length > MAX_LENGTH || digits < MIN_DIGITS) return false;
  return !NUMBER_OF_SOMETHING.test(folded.slice(since, start)) && !AFTER_NO_CODE.test(folded.slice(end));
}

function readSequence(tokens: readonly Token[], from: number): { sequence: CodeSequence; next: number } | null {
  let value = '';
  let end = 0;
  let index = from;
  while (index < tokens.length) {
    if (value !== '' && tokens[index]?.opensSentence) break;
    index = skipConnectingWords(tokens, index, value);
    const piece = readPiece(tokens, index, value !== '');
    if (!piece) break;
    value += piece.value;
    index = piece.next;
    end = tokens[index - 1]?.end ?? end;
  }
  const start = tokens[from]?.start ?? 0;
  return value === '' ? null : { sequence: { value: value.toUpperCase(), start, end }, next: index };
}
