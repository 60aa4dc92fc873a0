import { pattern } from '../text/patterns.js';

/** "Must not be left" and "can't be seen" say nothing about a person. */
const BE_SOMETHING_ELSE_EN = ['left', 'put', 'opened', 'careful', 'seen', 'too', 'a', 'the'] as const;
const NOT_EN = ['not', 'never', "n't", "won't", "can't", 'cannot', "aren't", "isn't"] as const;
const THERE_EN = [
  'home',
  'here',
  'there',
  'in',
  'around',
  'available',
  'back',
  'free',
  'at home',
  'make it',
  pattern`be(?! ${BE_SOMETHING_ELSE_EN}\b)`,
] as const;
const NOT_THERE_EN = pattern`${NOT_EN}( (?!the\b)\w+){0,2} ${THERE_EN}\b`;

/** "No one by that name" and "so no one can see it" do not say that the address is empty. */
const OF_NO_ONE_EN = [
  'by',
  'called',
  'named',
  'with',
  'can',
  'will see',
  'sees',
  'lives',
  'knows',
  'ever',
  'told',
  'steals',
  'takes',
  'will steal',
  'gets',
  'notices',
  'should',
  'touches',
] as const;
const NO_ONE_EN = ["nobody's", "no one's", 'none of us', pattern`(nobody|no one)(?! ${OF_NO_ONE_EN}\b)`] as const;

const PERSONS_EN = [
  "i'm",
  'i am',
  "we're",
  'we are',
  "i'll be",
  "we'll be",
  'i will be',
  'we will be',
  "he's",
  "she's",
  /my \w+ is/,
] as const;
const AWAY_EN = [
  'out',
  'away',
  'gone',
  'at work',
  /working(?! from home)/,
  'busy',
  'out of town',
  /travell?ing/,
  'on vacation',
  'on holiday',
  /at the (office|doctor|dentist|gym)/,
  /in (a |the )?(meeting|office)s?/,
  'unavailable',
  'asleep',
  'sleeping',
] as const;
const IS_AWAY_EN = pattern`${PERSONS_EN}( \w+)? ${AWAY_EN}\b`;

const GOING_TO_EN = ['have', 'need', 'got', 'got to', 'gotta', 'will', 'am', 'must', 'are', 'going'] as const;
const LEAVE_EN = ['leave', 'leaving', 'head out', 'heading out', 'go out', 'going out', 'step out'] as const;
/** In "I'll leave the key" a thing is left, and the person stays. */
const LEFT_THINGS_EN = ['it', 'the', 'a', 'this', 'that', 'my', 'parcel'] as const;
const WE_LEAVE_EN = pattern`(i|we)('ll|'m|'re)?( ${GOING_TO_EN})?( to)? ${LEAVE_EN}\b(?! ${LEFT_THINGS_EN}\b)`;

const NO_GOOD_EN = [
  /(is|are|'s) (no good|not good|bad|out of the question)/,
  /(doesn't|does not|don't|won't) (work|suit)( for)?\b/,
] as const;
const WORKS_EN = /(i|we|he|she) works? (until|till|til|from|late)/;

const ABSENT_EN = [
  NOT_THERE_EN,
  ...NO_ONE_EN,
  IS_AWAY_EN,
  'at work',
  /out of (town|the (house|office))/,
  WE_LEAVE_EN,
  'unavailable',
  ...NO_GOOD_EN,
  WORKS_EN,
] as const;

const ARE_NOT_ES = [
  'estoy',
  'estare',
  'estamos',
  'estaremos',
  'voy a estar',
  'hay',
  'habra',
  'puedo',
  'esta',
  'estara',
  'llego',
  'regreso',
  'vuelvo',
] as const;
const ABSENT_ES = [
  pattern`no ${ARE_NOT_ES}`,
  'nadie',
  /(estoy|estare|voy a estar) (fuera|trabajando|en el trabajo|ocupad[oa])/,
  /(me voy|salgo)\b/,
] as const;

/** No one is at the address. */
export const ABSENT = pattern`\b${[...ABSENT_EN, ...ABSENT_ES]}`;
