import { pattern } from '../text/patterns.js';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words before a number that opens something. Folded. */
export const CODE_WORDS = setOf(
  'code codes pin combination combo keypad passcode password buzzer entry access lockbox padlock lock candado chapa codigo clave claves contrasena nip combinacion teclado gate door porton puerta reja',
);
/** Words before a number that call it a code. */
export const NAMED_CODE = setOf(
  "code code's codes pin combination combo keypad passcode lockbox padlock codigo clave nip contrasena candado chapa",
);
/** Codes that open nothing. */
export const OTHER_CODE =
  /\b(?:zip|area|post|order|promo|tracking|country|dress|qr|wifi|pickup) codes?\b|\bcodigo (?:postal|de area|de pedido|de pais)\b/;
/** Words after a number that call it a code. */
export const IS_THE_CODE =
  /^(?:is|es|'s) (?:the|my|our|el|la|mi) (?:\w+ )?(?:code|pin|combo|combination|codigo|clave|nip)\b/;
/** Words after a number that is an address, a price or a time. */
export const AFTER_OTHER_NUMBERS = setOf(
  'postal zip street st avenue ave road rd drive lane blvd boulevard calle avenida colonia pesos dollars minutes minutos years anos',
);
/** Words before a code whose last word may be the first digit: "is for two seven one" may be 4271. */
export const MAY_BE_DIGIT = /^(?:is|es|'s|code|codigo|clave) (?:for|fore|to|too|won|ate)$/;
/** Words by which a number is entered, before it, and what that opens, after it. */
export const PRESSED =
  /\b(?:press|punch|dial|enter|hit|type|key|use|opens with|marque|marcar|marcan|marquen|oprima|oprime\w*|teclee\w*|picar|pican|piquen|le pica|ponga|use|abre con|abren con)\b/;
/** One word by which a number is entered. */
export const PRESS_WORD = /^(?:press|punch|dial|enter|type|use|marque|oprima|teclee|ponga)$/;
export const OPENS_AFTER =
  /\b(?:get in|get through|open|opens|gate|door|lobby|entrar|abrir|abre|abren|abra|abran|porton|puerta|reja)\b/;
/** Words by which a number opened something before and does not any more. */
export const OLD =
  /\b(?:used to|old|was|were|changed|last|previous|no longer|anymore|cambi\w+|era|viej\w+|antes|anterior|ya no|not)\b/;
/** Words directly before a code that is no longer valid. */
export const FORMER =
  /\b(?:(?:old|previous|former) (?:\w+ ){0,2}(?:was|is)|used to be|(?:viej[oa]|anterior) (?:\w+ ){0,3}(?:era|es)|antes (?:el |la )?(?:\w+ )?era)$/;
/** Words between two codes of which the second replaces the first. */
export const WITHDRAWAL = /\b(?:no|wait|sorry|actually|rather|digo|perdon\w*|disculpe\w*|mean)\b/;
/** Words between two codes of which the first is old. */
export const REPLACED_CODE =
  /\b(?:that was the old|that's the old|is the old|old one|the new one|they changed it|ese es el viejo|esa es la vieja|era el viejo|era la vieja|lo cambiaron|la cambiaron|el nuevo es|la nueva es|no la anote|no lo anote)\b/;
/** Words before a number that opens nothing. */
export const OTHER_NUMBERS = setOf(
  'apartamento suite unit room extension ext confirmation confirmacion phone cell mobile order tracking wifi wi-fi alarm postcode postal zip telefono celular cel pedido orden guia alarma street avenue calle avenida birthday account pesos dollars floor piso apartment apt flat depto departamento',
);
const JOKES = [
  'kidding',
  'joking',
  'just a joke',
  'joke',
  'es broma',
  'broma',
  'mentira',
  'pulling your leg',
  'messing with you',
  "i'm messing",
  'not really',
  /no se cre\w+/,
  'no te creas',
  'no es cierto',
  'ni es cierto',
  /jaja\w* no/,
  /ha(?:ha)+ no/,
] as const;
/** Words stating that there is no code. */
const NONE = [
  /there(?:'s| is) no (?:code|pin|keypad)/,
  /(?:don't|do not) have a (?:code|pin|keypad)/,
  /no hay (?:codigo|clave|pin)/,
  /no tiene (?:codigo|clave)/,
] as const;
const PARTS = ['starts with', 'begins with', 'ends with', 'empieza con', 'termina en', 'termina con'] as const;
const FORGOTTEN = [
  "can't remember",
  'cannot remember',
  "don't remember",
  'do not remember',
  'forgot',
  'forget the',
  'no me acuerdo',
  'no recuerdo',
  /se me olvid\w+/,
  'took the',
] as const;
/** Words around a number that make it not a usable code: jokes, parts of a code, forgotten codes. */
export const NO_CODE = pattern`\b${[...JOKES, ...NONE, ...PARTS, ...FORGOTTEN]}\b`;
