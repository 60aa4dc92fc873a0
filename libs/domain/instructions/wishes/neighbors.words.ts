import { pattern, toGlobal } from '../text/patterns.js';

const DOORS_EN = ['number', 'apartment', 'flat', 'unit', 'house'] as const;
const DOORS_ES = ['apartamento', 'departamento', 'numero'] as const;
const DOOR_NUMBERS_EN = [
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
  /\w+teen/,
  'twenty',
  'thirty',
  'forty',
  'fifty',
] as const;
const PERSONS_EN = [
  'people',
  'folks',
  'lady',
  'woman',
  'man',
  'guy',
  'couple',
  'family',
  'chap',
  'bloke',
  'gentleman',
  'girl',
  'boy',
  'kid',
] as const;
const PERSONS_ES = ['senor', 'senora', /muchach[oa]/] as const;
const WHERE_THEY_LIVE_EN = /(?: (?:upstairs|downstairs|next door|opposite|across the \w+))?/;
/** The number of a door follows. */
const AT_DOOR = pattern`(?= (?:at|in|from|del?) ${[...DOORS_EN, ...DOORS_ES, /\d/, ...DOOR_NUMBERS_EN]})`;
/** Words for a neighbor, and for a person by the number of a door: "the guy at number four". */
export const NEIGHBOR_WORDS = [
  /neighbou?rs?/,
  /vecin[oa]s?/,
  /try(?= (?:number|apartment|flat|unit|house))/,
  pattern`${[...PERSONS_EN, ...PERSONS_ES]}${WHERE_THEY_LIVE_EN}${AT_DOOR}`,
  pattern`next door(?= (?:at )?${DOORS_EN})`,
] as const;

/** Finds a neighbor in a text. */
export const NEIGHBOR = toGlobal(pattern`\b${NEIGHBOR_WORDS}\b`);
