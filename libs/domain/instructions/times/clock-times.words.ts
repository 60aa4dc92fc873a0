import { pattern } from '../text/patterns.js';

/** Values of the number words that occur in times. */
export const HOURS_EN: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};
export const HOURS_ES: Readonly<Record<string, number>> = {
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  once: 11,
  doce: 12,
};
export const MINUTES: Readonly<Record<string, number>> = {
  'oh five': 5,
  five: 5,
  ten: 10,
  fifteen: 15,
  quarter: 15,
  twenty: 20,
  'twenty five': 25,
  thirty: 30,
  half: 30,
  'thirty five': 35,
  forty: 40,
  'forty five': 45,
  fifty: 50,
  'fifty five': 55,
  cuarto: 15,
  media: 30,
  quince: 15,
  treinta: 30,
  diez: 10,
  veinte: 20,
  'cuarenta y cinco': 45,
};

/** Longer words first, so that "twenty five" is not read as "twenty". */
const byDescendingLength = (words: readonly string[]): readonly string[] =>
  [...words].sort((a, b) => b.length - a.length);
const HOUR = byDescendingLength([...Object.keys(HOURS_EN), ...Object.keys(HOURS_ES)]);
const MINUTE_EN = byDescendingLength([
  'oh five',
  'five',
  'ten',
  'fifteen',
  'twenty',
  'twenty five',
  'thirty',
  'thirty five',
  'forty',
  'forty five',
  'fifty',
  'fifty five',
]);
const MINUTE_ES = byDescendingLength(['cuarto', 'media', 'quince', 'treinta', 'diez', 'veinte', 'cuarenta y cinco']);

const PART_OF_DAY_EN = /in the (?:morning|afternoon|evening)/;
const AM_PM = [/a\.? ?m\b\.?/, /p\.? ?m\b\.?/] as const;
const O_CLOCK_EN = pattern`o'?clock(?: ${[PART_OF_DAY_EN, 'at night', ...AM_PM]})?`;
/** Which half of the day is meant. */
const HALF_EN = [...AM_PM, PART_OF_DAY_EN, 'at night', O_CLOCK_EN, 'tonight', /this (?:morning|afternoon|evening)/];
const HALF_ES = [/de la (?:manana|tarde|noche)/, 'del mediodia'];
const HALF = [...HALF_EN, ...HALF_ES];

/** The half of the day at the end of a clock time, and all that follows it. */
export const HALF_AT_END = pattern` ?${[...HALF, 'hrs', 'hours']}.*$`;

const FULL_MINUTES = /(?: (?:00|15|30|45|05|10|20|40|50)\b)?/;
const RELATION_EN = /(?:half|(?:a )?quarter|ten|twenty|five) (?:past|after|to|till|before)/;
const NO_MINUTE_EN = pattern`(?![ -]?${MINUTE_EN})`;
const CLOCK_TIMES = [
  'noon',
  'midday',
  'mid day',
  'midnight',
  'mediodia',
  pattern`${RELATION_EN} ${[/\d{1,2}/, ...HOUR]}(?: ${HALF_EN})?`,
  pattern`half ${[/\d{1,2}/, ...HOUR]}`,
  pattern`\d{1,2}[:.h]\d{2}(?: ?${[...HALF, 'hrs', 'hours']})?`,
  pattern`(?:las? )?${HOUR}(?: y ${MINUTE_ES})?(?: ${HALF_ES})?${NO_MINUTE_EN}(?: ?${HALF_EN})?`,
  pattern`${HOUR}[ -]${MINUTE_EN}(?: ?${HALF_EN})?`,
  pattern`(?:las? )?\d{1,2}${FULL_MINUTES}(?: y ${MINUTE_ES})?(?: ?${HALF})?`,
];

/** A clock time in a folded text: "six", "half past five", "6:30 p.m.", "noon", "las seis y media de la tarde". */
export const CLOCK_TIME = pattern`${CLOCK_TIMES}`;
