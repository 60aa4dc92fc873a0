import { everywhere, pattern } from '../text/patterns.js';

const CODES_EN = [
  ...[/codes?/, /pass ?codes?/, /pin(?: number)?/, 'combination', 'combo', /key ?pad/, /key ?code/, /passwords?/],
] as const;
const CODES_ES = ['codigo', 'clave', 'contrasena', 'combinacion'] as const;
/** A word for a code that opens something. The first group is the word before it, which may say what kind of code it is. */
export const CODE_WORD = everywhere(pattern`\b((?:[a-z]+ )?)${[...CODES_EN, ...CODES_ES]}\b`);

const ADDRESS_CODES_EN = ['zip', 'post', 'postal', 'area'] as const;
const SHOP_CODES_EN = [
  ...['promo', 'promotion', 'discount', 'coupon', 'order', 'tracking', 'confirmation', 'reference', 'verification'],
  ...['qr', 'bar', 'country', 'dress', 'voucher', 'color', 'colour', 'delivery', 'alarm', 'product', 'item'],
] as const;
const ACCOUNT_CODES_EN = [
  ...['customer', 'account', 'dialing', 'sort', 'security question', 'wifi', 'wi fi', 'fi', 'email', 'login'],
  ...['my account', 'booking', 'postcode'],
] as const;
/** Kinds of codes that open no door. */
export const OTHER_KIND_OF_CODE = pattern`^${[...ADDRESS_CODES_EN, ...SHOP_CODES_EN, ...ACCOUNT_CODES_EN]}? ?$`;

const NO_CODE_EN = [
  ...['no', 'without', /don't (have|need|know)( a| the| any)*/, /doesn't (have|need)( a)*/, /isn't (a|any)/],
  ...[/not (a|the)/, 'forgot the'],
] as const;
const NO_CODE_ES = ['sin', 'no hay', 'ningun'] as const;
export const NO_CODE = pattern`\b${[...NO_CODE_EN, ...NO_CODE_ES]}( \w+)? ?$`;

const UNITS_EN = [
  ...['apartment', 'apt', 'flat', 'unit', 'house', 'number', 'suite', 'room', 'floor', 'building', 'block', 'level'],
  'street',
] as const;
const TIMES_EN = ['for', 'after', 'before', 'until', 'till', 'between', 'around', 'at about'] as const;
const UNITS_ES = ['apartamento', 'departamento', 'depto', 'piso', 'casa'] as const;
const TIMES_ES = ['despues de', 'antes de', 'hasta'] as const;
const NUMBERED = [
  ...['number', 'order', 'phone', 'mobile', 'cell', 'zip', 'postcode', 'invoice', 'parcel', 'numero', 'telefono'],
] as const;
const NUMBER_IS = pattern`${NUMBERED}( is| es| number)+`;
/** After these words a number is an address, a time, or the number of a person or thing. */
export const NUMBER_OF_SOMETHING = pattern`\b(${[...UNITS_EN, ...TIMES_EN, ...UNITS_ES, ...TIMES_ES]}|${NUMBER_IS}) ?$`;

const CLOCK_EN = [
  ...[/a\.? ?m\b/, /p\.? ?m\b/, /o'?clock/, /minutes?/, /hours?/, /digits?/, /in the (morning|afternoon|evening)/],
] as const;
const CLOCK_ES = ['minutos', 'horas', 'digitos'] as const;
const STREETS = [...['street', 'avenue', 'road', 'lane', 'drive', 'boulevard', 'court', 'calle', 'avenida']] as const;
/** Before these words a number is a time, a count or a house number. */
export const AFTER_NO_CODE = pattern`^ ?${[...CLOCK_EN, ...CLOCK_ES, pattern`(\w+ )?${STREETS}\b`]}`;

const DEVICES_EN = [/key ?pad/, /lock ?box/, 'lock', /key ?box/, 'panel', 'pad', 'call box'] as const;
const ENTRANCES_EN = ['gate', /lock ?box/, 'lock', /key ?pad/, /key ?safe/, 'entrance', 'door'] as const;
const OPENS_EN = [
  /is (the|our|my) (\w+ )?(code|pin|combination|passcode)/,
  /(will )?(opens?|unlocks?)\b/,
  /(gets|lets) you in/,
  /to (open|unlock|get (in|into|through|past)|enter|access)/,
  pattern`(on|at|in|into) the ${DEVICES_EN}`,
  /gets you (in|into|through)/,
  pattern`for the ((front|back|side|main|lobby|building) )?${ENTRANCES_EN}\b`,
] as const;
const OPENS_ES = [/abre\b/, /para (abrir|entrar)/] as const;
/** Words right after a number which say that it opens something. */
export const OPENS = pattern`^ ?${[...OPENS_EN, ...OPENS_ES]}`;

const KEY_IN_EN = [
  ...['enter', 'punch', 'punch in', 'type', 'type in', 'key in', 'put in', 'use', 'press', 'tap', 'tap in'],
] as const;
const KEY_IN_ES = ['marque', 'teclee', 'ponga'] as const;
/** Words right before a number that is keyed in. */
export const KEYED = pattern`\b${[...KEY_IN_EN, ...KEY_IN_ES]}( in)? ?$`;

const LOCKED_EN = [/lock ?box/, 'lock', 'gate', 'door', 'padlock', 'garage', 'shed'] as const;
const GUARDED_EN = [
  'gate',
  'door',
  'entrance',
  'lobby',
  'building',
  'garage',
  /key ?pad/,
  /lock ?box/,
  'lock',
] as const;
const CLOSED_EN = pattern`('s| is) (always |usually |normally )?(closed|locked|shut)`;
const KEY_INTO_EN = ['use', 'press', 'enter', 'punch in', 'type', 'type in', 'key in', 'put in'] as const;
const BY_EN = /(with|by|using|by (entering|pressing)|if you (press|enter|use))/;
const OPENED_BY_EN = [
  pattern`\b${LOCKED_EN}[^.]{0,30}\b(opens|unlocks) ${BY_EN} ?$`,
  pattern`\b${GUARDED_EN}\b[^.]{0,30}\b(type in|punch in|key in|tap in) ?$`,
  pattern`\b(gate|door|entrance|lobby|building)${CLOSED_EN}[^.]{0,12} ${KEY_INTO_EN} ?$`,
] as const;
/** "The box opens with …", "at the gate punch in …", "if the gate is locked use …". */
export const OPENED_BY = pattern`${OPENED_BY_EN}`;

/** "The old code was … but now it's …". */
export const NOW_IT_IS = /\b(now|these days|ahora|the new (one|code))( (it's|its|it is|is|es|it'll be))* ?$/;

const TO_ENTER = [/to (get (in|into|through|past)|open|enter|unlock)/, /para (entrar|abrir)/] as const;
const IT_IS = ["it's", 'its', 'is', 'use', 'es', 'marque', 'press', 'enter', 'type', 'punch in'] as const;
/** "To get in the gate it's …". */
export const TO_GET_IN = pattern`\b${TO_ENTER}\b[^.]{0,30}\b${IT_IS} ?$`;

/** Words before a number that rings a bell or calls a phone instead of opening. */
export const CALLS = /\b(buzz|ring|dial|call|toque)( \w+){0,2} ?$/;

/** Words before a code that is no longer valid. */
export const FORMER = /\b(old|used to be|was|vieja?|anterior|era)( \w+){0,4} ?$/;

const CORRECTIONS = [
  ...['no', 'sorry', 'wait', 'i mean', 'actually', 'rather', 'correction', 'perdon', 'digo', 'mejor dicho'],
] as const;
/** Only words of correction between two codes: "… sorry, it's …". */
export const CORRECTION = pattern`^ *(${CORRECTIONS}[ .-]*)+(it's |its |is |es )?$`;

const NOT_GIVEN_EN = [
  ...["i'll", 'i will', 'i can', 'will be', 'send', 'text you', 'email', 'ask', 'changes', 'changed', 'broken'],
  ...["doesn't work", 'not working'],
] as const;
/** Words after which no code follows: "the code is something I will text you". */
export const NOT_GIVEN = pattern`\b${NOT_GIVEN_EN}\b`;
/** Words after which another number may follow. */
export const OTHER_TOPIC = /\b(but|pero|my (number|phone)|call me|order|zip)\b/;

/** Words right before a code that is given, as opposed to words about it. */
export const GIVES: ReadonlySet<string> = new Set([
  ...['is', "it's", 'its', "that's", 'are', 'be', 'es', 'number', 'press', 'enter', 'punch', 'type', 'dial', 'use'],
  ...['in', 'con'],
]);
