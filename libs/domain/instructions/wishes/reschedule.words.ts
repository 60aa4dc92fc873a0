import { pattern, toGlobal, wholeWords } from '../text/patterns.js';
import type { Phrase } from '../text/find-phrase.js';

const WEEKDAYS_EN = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const RESCHEDULE_EN = [
  'reschedule',
  're-schedule',
  'postpone',
  'rebook',
  /push it (back|out|to)/,
  /move (it|the delivery|my delivery|this) (to|back|up|until)/,
  /delay (it|the delivery|this)/,
  'put it off',
] as const;

const OTHER_EN = [
  'another',
  'a different',
  'different',
  'some other',
  'a better',
  'any other',
  'a later',
  'a new',
] as const;
const TIMES_EN = ['day', 'date', 'time', 'week', 'slot', 'evening', 'morning', 'afternoon'] as const;

const APPOINTMENTS_EN = ['delivery', 'day', 'date', 'time', 'slot', 'appointment'] as const;
const CHANGE_EN = [
  pattern`\bchange (it|this|that|the ${APPOINTMENTS_EN}|my delivery) (to|for)\b`,
  /\bchange the (day|date|time|delivery (date|time|day))\b/,
] as const;

const THIS_TIME_EN = /(today|tomorrow|(this|that) (day|time)|(this|that) (morning|afternoon|evening))/;
const DOES_NOT_EN = /(doesn't|does not|won't|isn't|is not|is no)/;
const CANNOT_NOW_EN = [
  /\b(can|could) (it|this|that|the (parcel|package|delivery)) wait\b/,
  /\b(can|could) you (hold|keep|wait)\b/,
  pattern`\b${THIS_TIME_EN} ${DOES_NOT_EN} (going to )?(work|good|suit|possible)\b`,
  /\bpush it\b/,
] as const;

const COME_AGAIN_EN = [
  /\bcome (back )?(later|earlier|next week|another|some other)\b/,
  /\b(try|come|deliver) again\b(?! (if|the bell))/,
] as const;

const NOT_EN = /(not|can't do( it)?|doesn't work|isn't good|no good|don't (come|deliver|bring it))/;
const NOT_THEN_EN = pattern`\b${NOT_EN} (today|tomorrow|this week|that day|on ${WEEKDAYS_EN})\b`;

const RESCHEDULE_ES = [
  /reprogram\w+/,
  /cambi(ar|e|en|emos) (el dia|la fecha|la hora|la entrega)/,
  /(otro|otra) (dia|fecha|hora|momento|horario)/,
  /aplaz\w+/,
  /pospon\w+/,
  /pospong\w+/,
  'mover la entrega',
] as const;

/** Requests for another window. */
export const REQUESTS: readonly Phrase[] = [
  [wholeWords(RESCHEDULE_EN), 0.95],
  [toGlobal(pattern`\b${OTHER_EN} ${TIMES_EN}\b`), 0.92],
  [toGlobal(pattern`${CHANGE_EN}`), 0.9],
  [toGlobal(pattern`${CANNOT_NOW_EN}`), 0.88],
  [toGlobal(pattern`${COME_AGAIN_EN}`), 0.82],
  [toGlobal(NOT_THEN_EN), 0.85],
  [wholeWords(RESCHEDULE_ES), 0.92],
];

const BRING_EN = [
  'come',
  /deliver(ed)?/,
  'bring',
  /drop( it)?( off)?/,
  'do it',
  'send',
  'have it',
  'get it',
  'make it',
  /leave it (until|till|for)/,
  /hold (on to )?it (until|till|for)/,
] as const;
const THAT_DAY_EN = pattern`${[...WEEKDAYS_EN, 'tomorrow']}( \w+)? (please|would be)`;
const PREFERENCES_EN = [
  'works',
  'better',
  'prefer',
  'instead',
  'how about',
  'what about',
  'possible',
  'any chance',
  'any way',
  /(can|could) (we|you|they|it)/,
  'rather',
  "let's",
  'would like',
  "i'd like",
  'make that',
] as const;
const PREFERENCES_ES = [
  'se puede',
  /podria\w*/,
  'pueden',
  'quisiera',
  /venga\w*/,
  /traiga\w*/,
  /entreg\w*/,
  'mejor',
  /puede\w*/,
] as const;

/** A wish for the delivery on the day that is named with it: "can you come on Thursday", "bring it tomorrow". */
export const BRING_IT = pattern`\b${[...BRING_EN, THAT_DAY_EN, ...PREFERENCES_EN, ...PREFERENCES_ES]}\b`;
