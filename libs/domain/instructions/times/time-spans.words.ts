import { pattern, toGlobal, wholeWords } from '../text/patterns.js';
import { CLOCK_TIME } from './clock-times.words.js';

const ALL_DAY_EN = [
  /all (of )?(the )?(day|time)/,
  'the whole day',
  'whole day',
  /(the )?entire day/,
  /any ?time(?! (after|before|between|from|until|past))/,
  'all day long',
  'around the clock',
] as const;
const ALL_DAY_ES = ['todo el dia', 'a cualquier hora', 'cualquier hora'] as const;
export const ALL_DAY = wholeWords([...ALL_DAY_EN, ...ALL_DAY_ES]);

const LUNCH_EN = [/lunch ?time/, /(over|during|at) lunch/, 'around noon'] as const;
export const LUNCH = wholeWords([...LUNCH_EN, /a la hora (de comer|del almuerzo)/]);

const BEFORE_MORNING_EN = [
  'in',
  'during',
  'all',
  'this',
  'tomorrow',
  'early',
  'late',
  'the',
  'every',
  'of',
  /[a-z]+day/,
  'only',
] as const;
const MORNINGS = [
  pattern`\b(${BEFORE_MORNING_EN} )?mornings?\b`,
  /\b((por|en|de|esta) la|esta|toda la) manana\b/,
  /\bpor las mananas\b/,
] as const;
export const MORNING = toGlobal(pattern`${MORNINGS}`);
export const AFTERNOON = /\bafternoons?\b|\barvos?\b|\b((por|en|de|toda) la|esta|manana en la) tarde\b/g;
export const EVENING = /\b(evenings?|tonight|at night|nights?|after work)\b|\b((por|en|de) la|esta) noche\b/g;

const APPROXIMATELY = [
  'about',
  'around',
  'like',
  'say',
  'roughly',
  'maybe',
  'approximately',
  'a eso de',
  'como',
  'exactly',
  'gone',
  'just',
  'well',
  'almost',
  'nearly',
  'cerca de',
  'tipo',
  'probably',
  /(?:the |this )?(?:arvo|afternoon|evening)(?: at)?/,
] as const;
const APPROX = pattern`(?:${APPROXIMATELY} )*`;
const TIME_ENDS = /(?![\w'])/;

const FROM = ['between', 'from', 'entre', 'desde', 'de'] as const;
const FROM_TO = ['and', 'to', 'till', 'til', 'until', 'through', 'y', 'a', 'hasta'] as const;
const TO = ['to', 'till', 'til', 'until', 'through', '-', 'a', 'hasta'] as const;
const STARTS = [pattern`${FROM} ${APPROX}(?<a>${CLOCK_TIME}) ${FROM_TO}`, pattern`(?<c>${CLOCK_TIME}) ?${TO}`] as const;
/** "From two to four", "two to four"; the groups are `a` or `c`, and `b`. */
export const RANGE = toGlobal(pattern`\b${STARTS} ?${APPROX}(?<b>${CLOCK_TIME})${TIME_ENDS}`);

/** "Quarter past" is part of a time. */
const AFTER_EN = [
  /any ?time (?:after|past|from)/,
  /(?<!quarter |ten |twenty |five )after/,
  /(?<!half |quarter |ten |twenty |five )past/,
  'since',
  'from',
  'not before',
  'no earlier than',
  /starting(?: at| from)?/,
  'later than',
] as const;
const AFTER_ES = ['despues de', 'a partir de', 'desde', /pasadas?/, 'no antes de'] as const;
const ONWARDS = [
  /on ?wards?/,
  'and later',
  'or later',
  pattern`(?:or|and) after(?! ${CLOCK_TIME})`,
  'en adelante',
] as const;
const AFTERS = [
  pattern`\b${[...AFTER_EN, ...AFTER_ES]} ${APPROX}(?<a>${CLOCK_TIME})${TIME_ENDS}`,
  pattern`\b(?<b>${CLOCK_TIME}) ${ONWARDS}\b`,
] as const;
/** "After six", "six or later"; the group is `a` or `b`. */
export const AFTER = toGlobal(pattern`${AFTERS}`);

const UNTIL_EN = [
  'until',
  'till',
  'til',
  'before',
  'by',
  'up to',
  'no later than',
  'not after',
  'earlier than',
  'prior to',
] as const;
const UNTIL_ES = ['hasta', 'antes de', 'no despues de'] as const;
const AT_THE_LATEST_EN = ['at the latest', 'or earlier', pattern`or before(?! ${CLOCK_TIME})`] as const;
const UNTILS = [
  pattern`\b${[...UNTIL_EN, ...UNTIL_ES]} ${APPROX}(?<a>${CLOCK_TIME})${TIME_ENDS}`,
  pattern`\b(?<b>${CLOCK_TIME}) ${AT_THE_LATEST_EN}\b`,
] as const;
/** "Until six", "six at the latest"; the group is `a` or `b`. */
export const UNTIL = toGlobal(pattern`${UNTILS}`);

export const NOON = /\b(?:at )?(?:noon|midday|mediodia)\b(?! (?:to|till|until|and)\b)/g;
export const THAT_TIME = /\b(?:any ?time )?(?:after|before|despues|antes) (?:that|then|de eso)\b/g;
/** "At six", "home around six"; the group is `a`. */
export const AT = toGlobal(
  pattern`\b(?:at|around|about|a eso de|a|back|home) ${APPROX}(?<a>${CLOCK_TIME})${TIME_ENDS}`,
);

const UNITS_EN = [/minutes?/, /mins?/, /hours?/, /days?/, /weeks?/, /times?/] as const;
const THINGS_EN = [
  'people',
  /dogs?/,
  /steps?/,
  'stairs',
  /floors?/,
  /doors?/,
  /houses?/,
  /flats?/,
  /rings?/,
  /knocks?/,
  /of (us|them)/,
  'percent',
  'dollars',
  'boxes',
  'parcels',
  'packages',
] as const;
const COUNTED_ES = ['minutos', 'horas', 'dias', 'semanas', 'perros', 'veces', 'puertas', 'casas'] as const;
/** What follows a number that is a count or an address, not a time. */
export const NOT_A_TIME = pattern`^ ?${[...UNITS_EN, ...THINGS_EN, ...COUNTED_ES, /\d/]}`;
