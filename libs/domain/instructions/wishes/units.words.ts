import { pattern } from '../text/patterns.js';

const NUMBERS_EN = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const OTHER_NUMBERS_EN = [
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'zero',
  'oh',
  'sixty',
  'seventy',
  'eighty',
  'ninety',
  'hundred',
] as const;
const NUMBERS_ES = [
  'uno',
  'dos',
  'tres',
  'cuatro',
  'cinco',
  'seis',
  'siete',
  'ocho',
  'nueve',
  'diez',
  'once',
  'doce',
  'trece',
  'catorce',
  'quince',
  'veinte',
] as const;
const NUMBER_WORDS = [...NUMBERS_EN, ...OTHER_NUMBERS_EN, ...NUMBERS_ES] as const;

/** English number words from one on, in order. */
export const COUNTING_EN: readonly string[] = NUMBERS_EN;
/** Spanish number words from one on, in order. */
export const COUNTING_ES: readonly string[] = [
  'uno',
  'dos',
  'tres',
  'cuatro',
  'cinco',
  'seis',
  'siete',
  'ocho',
  'nueve',
  'diez',
  'once',
  'doce',
  'trece',
  'catorce',
  'quince',
  'dieciseis',
  'diecisiete',
  'dieciocho',
  'diecinueve',
  'veinte',
];

const UNIT = pattern`(?:\d{1,4} ?[a-z]?\b|(?:${NUMBER_WORDS}\b[ -]?)+(?:[a-h]\b)?)`;
const UNIT_WORDS_EN = [
  'apartment',
  'apt',
  'flat',
  'unit',
  'number',
  'suite',
  'room',
  'house',
  'house number',
  'no',
] as const;
const UNIT_WORDS_ES = ['apartamento', 'departamento', 'depto', 'piso', 'numero', 'casa'] as const;
const NAMED_UNIT = pattern`${[...UNIT_WORDS_EN, ...UNIT_WORDS_ES]}\.? (?<named>${UNIT})`;
const NOT_A_UNIT = /(?! ?(?:a\.? ?m|p\.? ?m|o'?clock|minutes|hours|the))/;
const BARE_UNIT = pattern`(?:at|in|from|en el|en la|del?) (?<bare>${UNIT})${NOT_A_UNIT}`;

/** The number of a door after a person; the group is `named` or `bare`. */
export const UNIT_AFTER = pattern`\b(?:${NAMED_UNIT}|${BARE_UNIT})`;
