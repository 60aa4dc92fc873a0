import { pattern, terms } from '../text/patterns.js';
import {
  AMBIGUOUS_ELEVEN,
  COMMON_HOMOPHONES,
  CONNECTORS,
  HOMOPHONES,
  HUNDREDS,
  KEYS,
  LETTER_NAMES,
  MULTIPLES,
  PHRASES,
  SPELLING_HELP,
  TEENS,
  TENS,
  UNITS,
} from './code-words.words.js';

const MIN_LENGTH = 2;
const MAX_LENGTH = 12;
/** Minimum length of a code to be treated as said twice. Shorter repetitions are codes: "1212". */
const MIN_REPEATED = 4;
/** "Four to seven" is a time or a number of people; "four to seven one" is a code. */
const MIN_LENGTH_WITH_COMMON_HOMOPHONE = 4;

/** A piece of a code, and the index of the word after it. */
interface Piece {
  readonly value: string;
  readonly next: number;
}

/**
 * Reads a spelled code as keyed: digits, `*`, `#` and upper-case letters.
 * @param marked folded words and signs that are tagged as a code, from the first to the last
 * @returns `null` if any word is not understood, because an incomplete code is wrong
 */
export function readCode(marked: readonly string[]): string | null {
  // "4521 once you get there" ends before the English word.
  const words =
    marked.at(-1) === AMBIGUOUS_ELEVEN && !isBesideSpanishNumber(marked, marked.length - 1)
      ? marked.slice(0, -1)
      : marked;
  let code = '';
  for (let at = 0; at < words.length;) {
    const piece = readPiece(words, at, code);
    const isSpelledAgain =
      piece !== null && / de /.test(words.slice(at, piece.next).join(' ')) && code.endsWith(piece.value);
    if (piece && isSpelledAgain) {
      // "Be grande, be de burro" is one letter.
      at = piece.next;
    } else if (piece) {
      code += piece.value;
      at = piece.next;
    } else if (CONNECTORS.has(words[at] ?? '')) {
      at += 1;
    } else {
      return null;
    }
  }
  // "Oh oh" is no code.
  const hasDigit = words.some(
    (word) => word !== 'oh' && word !== 'o' && (readsDigit(word) || word === 'mil' || HUNDREDS[word] !== undefined),
  );
  code = withoutRepetition(code);
  const minLength = hasCommonHomophone(words) ? MIN_LENGTH_WITH_COMMON_HOMOPHONE : MIN_LENGTH;
  return code.length >= minLength && code.length <= MAX_LENGTH && hasDigit ? code : null;
}

/** Removes a repetition: "4942 pound 4942 pound". */
function withoutRepetition(code: string): string {
  const half = code.slice(0, code.length / 2);
  return half.length >= MIN_REPEATED && half + half === code ? half : code;
}

/** Whether a digit of a code may be a word: "to", "for". Such a code is less certain. */
export const hasCommonHomophone = (words: readonly string[]): boolean =>
  words.some((word, at) => COMMON_HOMOPHONES.has(word) && readHomophone(words, at) !== null);

/** Whether a word beside a code belongs to it, so that a code without it would be incomplete. */
export function isCodePiece(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  return (
    /^\d+$/.test(word) ||
    (UNITS[word] !== undefined && word !== 'o' && word !== 'un' && word !== 'una' && word !== 'one') ||
    (TEENS[word] !== undefined && word !== AMBIGUOUS_ELEVEN) ||
    TENS[word] !== undefined ||
    KEYS[word] !== undefined ||
    MULTIPLES[word] !== undefined ||
    /^[b-hj-np-xz]$/.test(word)
  );
}

function readPiece(words: readonly string[], at: number, before: string): Piece | null {
  const word = words[at] ?? '';
  const phrase = PHRASES.find(([text]) => text.split(' ').every((part, index) => words[at + index] === part));
  if (phrase) return skipSpellingWord(words, { value: phrase[1], next: at + phrase[0].split(' ').length });
  if (/^\d+$/.test(word)) return { value: word, next: at + 1 };
  const multiple = MULTIPLES[word];
  if (multiple !== undefined) {
    const inner = readPiece(words, at + 1, before);
    return inner?.value.length === 1 ? { value: inner.value.repeat(multiple), next: inner.next } : null;
  }
  const key = KEYS[word];
  if (key !== undefined) return { value: key, next: at + 1 };
  return readNumber(words, at) ?? readLetter(words, at, before) ?? readHomophone(words, at);
}

/** "Forty five" is 45, "mil doscientos" 1200, "ciento veinte" 120; "twenty oh one" is 2001. */
function readNumber(words: readonly string[], at: number): Piece | null {
  const word = words[at] ?? '';
  const hundred = HUNDREDS[word];
  if (word === 'mil') return readThousand(words, at + 1, 1);
  if (hundred !== undefined) return readAfterHundred(words, at + 1, Number(hundred));
  const tens = TENS[word];
  if (tens !== undefined) return readTens(words, at, Number(tens));
  const value = UNITS[word] ?? TEENS[word];
  if (value === undefined || (word === AMBIGUOUS_ELEVEN && !isBesideSpanishNumber(words, at))) return null;
  const following = words[at + 1] ?? '';
  if (following === 'mil' && value !== '0') return readThousand(words, at + 2, Number(value));
  if (following === 'hundred') return readAfterHundred(words, at + 2, Number(value) * 100);
  if (following === 'thousand') return readThousand(words, at + 2, Number(value));
  return { value, next: at + 1 };
}

/** Whether a Spanish number stands beside a word. */
const isBesideSpanishNumber = (words: readonly string[], at: number): boolean =>
  [words[at - 1], words[at + 1]].some((word) => SPANISH_NUMBER.test(word ?? ''));
const SPANISH_NUMBER = pattern`^${[
  ...terms(
    'uno dos tres cuatro cinco seis siete ocho nueve cero diez doce trece catorce quince veinte treinta doble y asterisco gato',
  ),
  /dieci\w+/,
  /veinti\w+/,
  /\w+enta/,
]}$`;

function readTens(words: readonly string[], at: number, tens: number): Piece {
  const isJoined = words[at + 1] === 'y' || words[at + 1] === '-';
  const unit = UNITS[words[isJoined ? at + 2 : at + 1] ?? ''];
  const isUnit = unit !== undefined && unit !== '0';
  return isUnit
    ? { value: String(tens + Number(unit)), next: at + (isJoined ? 3 : 2) }
    : { value: String(tens), next: at + 1 };
}

function readAfterHundred(words: readonly string[], at: number, hundreds: number): Piece {
  const start = words[at] === 'and' ? at + 1 : at;
  const rest = readBelowHundred(words, start);
  return rest ? { value: String(hundreds + rest.value), next: rest.next } : { value: String(hundreds), next: at };
}

function readThousand(words: readonly string[], at: number, thousands: number): Piece {
  const hundred = HUNDREDS[words[at] ?? ''];
  if (hundred !== undefined) {
    const { value, next } = readAfterHundred(words, at + 1, Number(hundred));
    return { value: String(thousands * 1000 + Number(value)), next };
  }
  const rest = readBelowHundred(words, at);
  return rest
    ? { value: String(thousands * 1000 + rest.value), next: rest.next }
    : { value: String(thousands * 1000), next: at };
}

function readBelowHundred(words: readonly string[], at: number): { value: number; next: number } | null {
  const word = words[at] ?? '';
  if (TENS[word] !== undefined) {
    const { value, next } = readTens(words, at, Number(TENS[word]));
    return { value: Number(value), next };
  }
  const value = TEENS[word] ?? UNITS[word];
  return value === undefined || value === '0' ? null : { value: Number(value), next: at + 1 };
}

/** Reads a single letter, or its name if it has a spelling word or stands among digits. */
function readLetter(words: readonly string[], at: number, before: string): Piece | null {
  const word = words[at] ?? '';
  const letter = /^[a-zñ]$/.test(word) ? word.toUpperCase() : LETTER_NAMES[word];
  if (letter === undefined) return null;
  const piece = skipSpellingWord(words, { value: letter, next: at + 1 });
  // "A" and "y" are words, unless something spells them or digits stand on both sides.
  const isWord = /^[aiyeou]$/.test(word);
  if (piece.next > at + 1 || !isWord) return piece;
  const follows = readsDigit(words[at + 1]);
  return (at === 0 || /[\d*#A-Z]$/.test(before)) && (follows || at === words.length - 1) ? piece : null;
}

const readsDigit = (word: string | undefined): boolean =>
  word !== undefined &&
  (/^\d+$/.test(word) || UNITS[word] !== undefined || TEENS[word] !== undefined || TENS[word] !== undefined);

/** Skips "as in boy" after a letter, if the spelling word begins with that letter. */
function skipSpellingWord(words: readonly string[], piece: Piece): Piece {
  for (const help of SPELLING_HELP) {
    const parts = help.split(' ');
    if (!parts.every((part, index) => words[piece.next + index] === part)) continue;
    const spellingWord = words[piece.next + parts.length] ?? '';
    if (spellingWord.length > 1 && spellingWord.startsWith(piece.value.toLowerCase()) && !readsDigit(spellingWord)) {
      return { ...piece, next: piece.next + parts.length + 1 };
    }
  }
  return piece;
}

function readHomophone(words: readonly string[], at: number): Piece | null {
  const word = words[at] ?? '';
  const value = HOMOPHONES[word];
  const mayEnd = at === words.length - 1 && !COMMON_HOMOPHONES.has(word);
  const isAmongDigits = at > 0 && readsDigit(words[at - 1]) && (mayEnd || readsDigit(words[at + 1]));
  return value !== undefined && isAmongDigits ? { value, next: at + 1 } : null;
}

/**
 * Returns the index after a code that continues after its tagged words, without which it would be incomplete: "… then
 * the star key", "b as in boy".
 */
export function extendRight(words: readonly string[], to: number, from = 0): number {
  let end = to;
  for (;;) {
    let at = end;
    const isKeyAt = (index: number): boolean => KEYS[words[index] ?? ''] !== undefined || startsKeyPhrase(words, index);
    while (!isKeyAt(at) && CONNECTORS.has(words[at] ?? '') && at < end + 6) at += 1;
    const isKey = isKeyAt(at);
    const isPiece = at === end && (isCodePiece(words, at) || isLetterName(words, at));
    const piece = isKey || isPiece ? readPiece(words, at, '1') : null;
    // "B two, b as in burro" only spells the letter that was said.
    if (piece && !isKey && /^[A-Z]$/.test(piece.value) && piece.next > at + 1 && wasSaid(words, from, at, piece.value))
      return end;
    if (!piece) return end;
    end = piece.next;
  }
}

/** Whether a letter stands among words that end at an index. */
const wasSaid = (words: readonly string[], from: number, to: number, letter: string): boolean =>
  words
    .slice(from, to)
    .some((word) => LETTER_NAMES[word] === letter || (word.length === 1 && word.toUpperCase() === letter));

/** Names of letters that are no words of their own. */
const PLAIN_LETTER_NAMES = /^(?:efe|hache|jota|eme|ene|cu|erre|uve|equis|zeta|cee|zed|zee|aitch)$/;

/**
 * Whether the word is the name of a letter. Words such as "de" and "ese" are only if a spelling word follows: "be de
 * burro".
 */
function isLetterName(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (
    PLAIN_LETTER_NAMES.test(word) ||
    PHRASES.some(([text]) => text.split(' ').every((part, index) => words[at + index] === part))
  )
    return true;
  const name = LETTER_NAMES[word];
  return name !== undefined && skipSpellingWord(words, { value: name, next: at + 1 }).next > at + 1;
}

const startsKeyPhrase = (words: readonly string[], at: number): boolean =>
  PHRASES.some(
    ([text, value]) => /[*#]/.test(value) && text.split(' ').every((part, index) => words[at + index] === part),
  );

/** Returns the index of the first word of a code that begins before its tagged words: "k as in kilo four four". */
export function extendLeft(words: readonly string[], from: number): number {
  let start = from;
  for (;;) {
    let connected = start;
    while (CONNECTORS.has(words[connected - 1] ?? '') && start - connected < 3) connected -= 1;
    // "Signo de número" contains words that are otherwise connectors.
    const at = findPieceBefore(words, start, true) ?? findPieceBefore(words, connected, connected === start);
    if (at === undefined) return start;
    start = at;
  }
}

/** Returns the index of the first word of the piece of a code that ends before a word; `undefined` if none does. */
function findPieceBefore(words: readonly string[], end: number, isBeside: boolean): number | undefined {
  return [1, 2, 3, 4]
    .map((length) => end - length)
    .find((index) => {
      const isKey = KEYS[words[index] ?? ''] !== undefined || startsKeyPhrase(words, index);
      const mayBegin =
        isKey ||
        isCodePiece(words, index) ||
        /^[a-z]$/.test(words[index] ?? '') ||
        LETTER_NAMES[words[index] ?? ''] !== undefined;
      if (index < 0 || !mayBegin) return false;
      const isSpelled = index + 1 < end;
      return (
        readPiece(words, index, '')?.next === end && (isSpelled || isKey || (isBeside && isCodePiece(words, index)))
      );
    });
}

/** Returns the index after consecutive digits that begin at a word, skipping punctuation between them. */
export function skipDigits(words: readonly string[], from: number): number {
  let end = from;
  for (let at = from; ;) {
    const piece = readPiece(words, at, end > from ? '1' : '');
    const next = piece && /^\d+$/.test(piece.value) ? piece.next : null;
    if (next !== null) end = at = next;
    else if (at > from && /^[.,]$/.test(words[at] ?? '')) at += 1;
    else return end;
  }
}

/** Counts the consecutive words that may each be a misrecognized digit: "for to" before "seven one". */
export function countHomophones(words: readonly string[], from: number): number {
  let count = 0;
  while (HOMOPHONES[words[from + count] ?? ''] !== undefined) count += 1;
  return count;
}

/** Reads a code whose first digits were recognized as other words. */
export function readGarbledCode(words: readonly string[]): string | null {
  const count = countHomophones(words, 0);
  const rest = readCode(words.slice(count));
  return (
    rest &&
    words
      .slice(0, count)
      .map((word) => HOMOPHONES[word])
      .join('') + rest
  );
}

/**
 * Reads consecutive pieces from a word on, without words between them, such as the number of a door: "twenty two b".
 */
export function readPieces(words: readonly string[], from: number): { readonly value: string; readonly to: number } {
  let value = '';
  let at = from;
  for (;;) {
    const piece = readPiece(words, at, value);
    if (!piece || !/^[\dA-ZÑ]+$/.test(piece.value)) return { value, to: at };
    value += piece.value;
    at = piece.next;
  }
}
