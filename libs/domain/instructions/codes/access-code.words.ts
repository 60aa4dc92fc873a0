import { pattern, toGlobal } from '../text/patterns.js';

const CODES_EN = [
  /codes?/,
  /pass ?codes?/,
  /pin(?: number)?/,
  'combination',
  'combo',
  /key ?pad/,
  /key ?code/,
  /passwords?/,
] as const;
const CODES_ES = ['codigo', 'clave', 'contrasena', 'combinacion'] as const;
/** A word for a code that opens something. The first group is the word before it, which may name the kind of code. */
export const CODE_WORD = toGlobal(pattern`\b((?:[a-z]+ )?)${[...CODES_EN, ...CODES_ES]}\b`);

const ADDRESS_CODES_EN = ['zip', 'post', 'postal', 'area'] as const;
const SHOP_CODES_EN = [
  'promo',
  'promotion',
  'discount',
  'coupon',
  'order',
  'tracking',
  'confirmation',
  'reference',
  'verification',
  'qr',
  'bar',
  'country',
  'dress',
  'voucher',
  'color',
  'colour',
  'delivery',
  'alarm',
  'product',
  'item',
] as const;
const ACCOUNT_CODES_EN = [
  'customer',
  'account',
  'dialing',
  'sort',
  'security question',
  'wifi',
  'wi fi',
  'fi',
  'email',
  'login',
  'my account',
  'booking',
  'postcode',
] as const;
/** Kinds of codes that do not open a door. */
export const OTHER_KIND_OF_CODE = pattern`^${[...ADDRESS_CODES_EN, ...SHOP_CODES_EN, ...ACCOUNT_CODES_EN]}? ?$`;

const NO_CODE_EN = [
  'no',
  'without',
  /don't (have|need|know)( a| the| any)*/,
  /doesn't (have|need)( a)*/,
  /isn't (a|any)/,
  /not (a|the)/,
  'forgot the',
] as const;
const NO_CODE_ES = ['sin', 'no hay', 'ningun'] as const;
/** Words before a number stating that there is no code. */
export const NO_CODE = pattern`\b${[...NO_CODE_EN, ...NO_CODE_ES]}( \w+)? ?$`;

const UNITS_EN = [
  'apartment',
  'apt',
  'flat',
  'unit',
  'house',
  'number',
  'suite',
  'room',
  'floor',
  'building',
  'block',
  'level',
  'street',
] as const;
const TIMES_EN = ['for', 'after', 'before', 'until', 'till', 'between', 'around', 'at about'] as const;
const UNITS_ES = ['apartamento', 'departamento', 'depto', 'piso', 'casa'] as const;
const TIMES_ES = ['despues de', 'antes de', 'hasta'] as const;
const NUMBERED = [
  'number',
  'order',
  'phone',
  'mobile',
  'cell',
  'zip',
  'postcode',
  'invoice',
  'parcel',
  'numero',
  'telefono',
] as const;
const NUMBER_IS = pattern`${NUMBERED}( is| es| number)+`;
/** Words before a number that make it an address, a time, or the number of a person or thing. */
export const NUMBER_OF_SOMETHING = pattern`\b(${[...UNITS_EN, ...TIMES_EN, ...UNITS_ES, ...TIMES_ES]}|${NUMBER_IS}) ?$`;

const CLOCK_EN = [
  /a\.? ?m\b/,
  /p\.? ?m\b/,
  /o'?clock/,
  /minutes?/,
  /hours?/,
  /digits?/,
  /in the (morning|afternoon|evening)/,
] as const;
const CLOCK_ES = ['minutos', 'horas', 'digitos'] as const;
const STREETS = ['street', 'avenue', 'road', 'lane', 'drive', 'boulevard', 'court', 'calle', 'avenida'] as const;
/** Words after a number that make it a time, a count or a house number. */
export const AFTER_NO_CODE = pattern`^ ?${[...CLOCK_EN, ...CLOCK_ES, pattern`(\w+ )?${STREETS}\b`]}`;

/** Words before a code that is no longer valid. */
export const FORMER = /\b(old|used to be|was|vieja?|anterior|era)( \w+){0,4} ?$/;

const CORRECTIONS = [
  'no',
  'sorry',
  'wait',
  'i mean',
  'actually',
  'rather',
  'correction',
  'perdon',
  'digo',
  'mejor dicho',
] as const;
/** Only words of correction between two codes: "… sorry, it's …". */
export const CORRECTION = pattern`^ *(${CORRECTIONS}[ .-]*)+(it's |its |is |es )?$`;

const NOT_GIVEN_EN = [
  "i'll",
  'i will',
  'i can',
  'will be',
  'send',
  'text you',
  'email',
  'ask',
  'changes',
  'changed',
  'broken',
  "doesn't work",
  'not working',
] as const;
/** Words for a code that is not given: "the code is something I will text you". */
export const NOT_GIVEN = pattern`\b${NOT_GIVEN_EN}\b`;
/** Words that begin another topic, after which a number is not the code. */
export const OTHER_TOPIC = /\b(but|pero|my (number|phone)|call me|order|zip)\b/;

/** Words directly before a code that is given, as opposed to words about a code. */
export const GIVES: ReadonlySet<string> = new Set([
  'is',
  "it's",
  'its',
  "that's",
  'are',
  'be',
  'es',
  'number',
  'press',
  'enter',
  'punch',
  'type',
  'dial',
  'use',
  'in',
  'con',
]);
