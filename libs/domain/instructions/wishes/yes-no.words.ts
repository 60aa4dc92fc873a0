import { pattern } from '../text/patterns.js';
import type { Language } from '#libs/domain/language/language.values.js';

const YES_EN = ['yes', 'yeah', 'yep', 'yup', 'sure', 'correct', 'right', 'absolutely', 'definitely'] as const;
const AGREEMENT_EN = [
  'of course',
  'certainly',
  'okay',
  'ok',
  "that's fine",
  'that works',
  'sounds good',
  'perfect',
] as const;
const PERSONS_EN = [
  'i am',
  "i'm",
  'i will',
  "i'll",
  'we are',
  "we're",
  'we will',
  "we'll",
  'somebody',
  'someone',
] as const;
const AT_HOME_EN = pattern`${PERSONS_EN}( will| is)?( be)? (home|here|there|in|around|at home)`;

const YES_ES = [
  'si',
  'claro',
  'correcto',
  'por supuesto',
  'desde luego',
  'vale',
  'de acuerdo',
  'esta bien',
  'perfecto',
  'exacto',
] as const;
const WE_ARE_ES = ['estoy', 'estare', 'estaremos', 'estamos', 'voy a estar', 'vamos a estar', 'habra alguien'] as const;
const AT_HOME_ES = pattern`${WE_ARE_ES}( en casa| ahi| aqui)?`;

/** Words that agree, by language. */
export const YES: Record<Language, RegExp> = {
  en: pattern`\b${[...YES_EN, ...AGREEMENT_EN, AT_HOME_EN]}\b`,
  es: pattern`\b${[...YES_ES, AT_HOME_ES]}\b`,
};

const NO_EN = ['no', 'nope', 'nah', 'negative', 'incorrect', 'wrong'] as const;
const WHAT_IS_NOT_EN = [
  'home',
  'here',
  'there',
  'in',
  'around',
  'available',
  'at home',
  'really',
  'right',
  'correct',
] as const;
const HEDGES_EN = [
  'unfortunately',
  'afraid',
  'probably',
  'definitely',
  'certainly',
  'of course',
  'i guess',
  'i think',
  'maybe',
] as const;
const DENIALS_EN = [
  pattern`not ${WHAT_IS_NOT_EN}`,
  "won't",
  'will not',
  "can't",
  'cannot',
  /(i'm|i am|we're|we are|i'll be|we'll be) (out|away|at work|gone)/,
  'nobody',
  'no one',
  pattern`${HEDGES_EN} not`,
  "don't think so",
  'doubt it',
] as const;
const NO_ES = [
  'no',
  'negativo',
  'incorrecto',
  'nadie',
  'tampoco',
  'estoy fuera',
  'estare fuera',
  'estoy trabajando',
] as const;

/** Words that deny, by language. */
export const NO: Record<Language, RegExp> = {
  en: pattern`\b${[...NO_EN, ...DENIALS_EN]}\b`,
  es: pattern`\b${NO_ES}\b`,
};

/** Idioms that contain a "no" or "sure" that is not the answer. */
export const YES_NO_IDIOMS: Record<Language, RegExp> = {
  en: /\b(no problem|no worries|not a problem|no need|i don't know|i'm not sure|i am not sure|not sure)\b/g,
  es: /\b(no hay problema|no pasa nada|no se|no estoy segur[oa])\b/g,
};

const NO_CHOICE_EN = [
  'neither',
  'none',
  'not any',
  /as (it is )?planned/,
  /as (it )?is/,
  'as scheduled',
  /while (i'm|i am|we're|we are) (out|away|gone|not there|not home)/,
  'without me',
  /leave it (then|anyway)/,
  /(leave|keep|deliver|bring|send) it( anyway)?$/,
  "doesn't matter",
  /don't (work|suit)/,
  /any of (them|those|these)/,
] as const;
const NO_CHOICE_ES = [
  /ningun[oa]?/,
  'ninguna de',
  /como (estaba|esta) previsto/,
  'tal como',
  'aunque no este',
  'de todos modos',
  'no me sirve',
] as const;

/** Words that decline all offered choices, or ask to keep the delivery as planned. */
export const NONE_OF_THEM: Record<Language, RegExp> = {
  en: pattern`\b${NO_CHOICE_EN}\b`,
  es: pattern`\b${NO_CHOICE_ES}\b`,
};
