import { pattern } from '../text/patterns.js';

/** Number words in codes. "Oh" is a zero inside a code. */
const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  o: '0',
  nought: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  seventeen: '17',
  eighteen: '18',
  nineteen: '19',
  cero: '0',
  uno: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
  diez: '10',
  once: '11',
  doce: '12',
  trece: '13',
  catorce: '14',
  quince: '15',
  dieciseis: '16',
  diecisiete: '17',
  dieciocho: '18',
  diecinueve: '19',
  veintiuno: '21',
  veintidos: '22',
  veintitres: '23',
  veinticuatro: '24',
  veinticinco: '25',
  veintiseis: '26',
  veintisiete: '27',
  veintiocho: '28',
  veintinueve: '29',
};
const TENS: Readonly<Record<string, string>> = {
  twenty: '2',
  thirty: '3',
  forty: '4',
  fifty: '5',
  sixty: '6',
  seventy: '7',
  eighty: '8',
  ninety: '9',
};
/** Spanish tens take a "y" before their unit: "cuarenta y cinco". */
const TENS_ES: Readonly<Record<string, string>> = {
  veinte: '2',
  treinta: '3',
  cuarenta: '4',
  cincuenta: '5',
  sesenta: '6',
  setenta: '7',
  ochenta: '8',
  noventa: '9',
};
const SYMBOLS: Readonly<Record<string, string>> = {
  star: '*',
  asterisk: '*',
  asterisco: '*',
  estrella: '*',
  pound: '#',
  hash: '#',
  hashtag: '#',
  '#': '#',
  '*': '*',
  numeral: '#',
  gato: '#',
  almohadilla: '#',
};
const MULTIPLES: Readonly<Record<string, number>> = { double: 2, triple: 3, doble: 2 };
/** Words that connect a number with the symbol before or after it: "then", "followed by". */
const CONNECTING_WORDS = new Set(
  'then and followed by the a key sign press hit with y luego seguido de la el tecla'.split(' '),
);

/** A word of a text, or the symbol of a key. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A sentence of the original text ends before the token. */
  readonly opensSentence: boolean;
}

/** Splits a folded text into tokens. Sentences end where they end in the original text. */
export function tokenize(text: string, folded: string): Token[] {
  let end = 0;
  return [...folded.matchAll(/[a-z0-9']+|[#*]/g)].map((match) => {
    const opensSentence = /[.!?;](\s|$)/.test(text.slice(end, match.index));
    const start = match.index;
    end = start + match[0].length;
    return { text: match[0], start, end, opensSentence };
  });
}

/** The part of a code that one or more tokens spell. */
export interface Piece {
  readonly value: string;
  /** Index of the token after the piece. */
  readonly next: number;
  /** One digit, letter or symbol, not a number of several digits. */
  readonly isSingle: boolean;
}

/**
 * Returns the index after connecting words that follow an opening symbol: "star, then four five".
 * @param said the code up to `index`
 */
export function skipConnectingWords(tokens: readonly Token[], index: number, said: string): number {
  if (!/^[*#]+$/.test(said)) return index;
  let at = index;
  while (CONNECTING_WORDS.has(tokens[at]?.text ?? '')) at += 1;
  return toDigits(tokens[at]?.text ?? '') === undefined ? index : at;
}

/**
 * Reads the piece of a code at a token; `null` if the token begins no piece.
 * @param inside whether a code has begun. Inside a code, a single "oh" is a zero and a letter needs no digit after it.
 */
export function readPiece(tokens: readonly Token[], index: number, inside: boolean): Piece | null {
  const text = tokens[index]?.text ?? '';
  const following = tokens[index + 1]?.text ?? '';
  const multiple = MULTIPLES[text];
  if (multiple !== undefined) {
    const digit = toDigits(following);
    return digit?.length === 1 ? { value: digit.repeat(multiple), next: index + 2, isSingle: true } : null;
  }
  const tens = TENS[text] ?? TENS_ES[text];
  if (tens !== undefined) return readTens(tokens, index, tens);
  const plain = toDigits(text) ?? SYMBOLS[text];
  // "Once" is eleven only among Spanish words. "Oh" continues a code and does not begin one.
  if (text === 'once' && !isSpanish(tokens, index)) return null;
  if (plain !== undefined && (inside || !/^oh?$/.test(text))) {
    return { value: plain, next: index + 1, isSingle: plain.length === 1 };
  }
  if (/^(?=.*\d)[a-z\d]{2,8}$/.test(text)) {
    return isOrdinalOrTime(text) ? null : { value: text, next: index + 1, isSingle: false };
  }
  if (isLetter(text, following, inside)) return { value: text, next: index + 1, isSingle: true };
  return inside ? readConnectedSymbol(tokens, index) : null;
}

function readTens(tokens: readonly Token[], index: number, tens: string): Piece {
  const joined = tokens[index + 1]?.text === 'y' && TENS_ES[tokens[index]?.text ?? ''] !== undefined;
  const at = index + (joined ? 2 : 1);
  const said = tokens[at]?.text ?? '';
  const unit = joined || TENS[tokens[index]?.text ?? ''] !== undefined ? toDigits(said) : undefined;
  return unit?.length === 1 && unit !== '0' && !tokens[at]?.opensSentence
    ? { value: tens + unit, next: at + 1, isSingle: false }
    : { value: `${tens}0`, next: index + 1, isSingle: false };
}

/** Converts a number word or numeral to digits. */
export const toDigits = (text: string): string | undefined => (/^\d+$/.test(text) ? text : DIGIT_WORDS[text]);

const isOrdinalOrTime = (text: string): boolean => /^\d+(st|nd|rd|th|am|pm|mins?|hrs?)$/.test(text);

const DIGITS_ES = ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'] as const;
const TEENS_ES = ['diez', 'doce', 'trece', 'catorce', 'quince'] as const;
const SPANISH_NUMBER = pattern`^${['es', 'y', ...DIGITS_ES, ...TEENS_ES, 'cero', /(dieci|veinti)\w+/, /\w+nta/]}$`;
const isSpanish = (tokens: readonly Token[], index: number): boolean =>
  [index - 1, index + 1].some((at) => SPANISH_NUMBER.test(tokens[at]?.text ?? ''));

/** Whether the text is a single letter of a code. "A" and "i" are words unless they are inside a code. */
const isLetter = (text: string, following: string, inside: boolean): boolean =>
  /^[a-z]$/.test(text) &&
  (inside
    ? !/^[ayi]$/.test(text) || toDigits(following) !== undefined || following === ''
    : !/^[aiyoeu]$/.test(text) && toDigits(following) !== undefined);

/** Reads the symbol after connecting words: "… then the pound key". */
function readConnectedSymbol(tokens: readonly Token[], index: number): Piece | null {
  let at = index;
  while (CONNECTING_WORDS.has(tokens[at]?.text ?? '')) at += 1;
  const symbol = SYMBOLS[tokens[at]?.text ?? ''];
  return symbol !== undefined && at > index ? { value: symbol, next: at + 1, isSingle: true } : null;
}
