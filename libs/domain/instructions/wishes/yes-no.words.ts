import { pattern } from '../text/patterns.js';
import type { Language } from '#libs/domain/language/language.values.js';
import { YES_NO_EN } from './yes-no-en.words.js';
import { YES_NO_ES } from './yes-no-es.words.js';
import type { YesNoWords } from './yes-no-words.js';

/** The words for yes and no, by language. */
export const YES_NO: Readonly<Record<Language, YesNoWords>> = { en: YES_NO_EN, es: YES_NO_ES };

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
