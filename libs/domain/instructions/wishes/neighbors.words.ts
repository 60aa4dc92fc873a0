import { pattern, toGlobal } from '../text/patterns.js';

/** Words before the number of an apartment or house. */
const UNIT_WORDS_EN = ['number', 'apartment', 'flat', 'unit', 'house'] as const;
const UNIT_WORDS_ES = ['apartamento', 'departamento', 'numero'] as const;
const UNIT_NUMBERS_EN = [
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
/** Lookahead: the number of an apartment or house follows. */
const AT_UNIT = pattern`(?= (?:at|in|from|del?) ${[...UNIT_WORDS_EN, ...UNIT_WORDS_ES, /\d/, ...UNIT_NUMBERS_EN]})`;
/** Words that name a neighbor: "my neighbor", "try apartment 5", "the guy at number four". */
export const NEIGHBOR_WORDS = [
  /neighbou?rs?/,
  /vecin[oa]s?/,
  /try(?= (?:number|apartment|flat|unit|house))/,
  pattern`${[...PERSONS_EN, ...PERSONS_ES]}${WHERE_THEY_LIVE_EN}${AT_UNIT}`,
  pattern`next door(?= (?:at )?${UNIT_WORDS_EN})`,
] as const;

/** Matches every neighbor in a folded text. */
export const NEIGHBOR = toGlobal(pattern`\b${NEIGHBOR_WORDS}\b`);
