import { everywhere, pattern } from '../text/patterns.js';

const TITLES_EN = ['mister', 'missus', 'mrs', 'mr', 'ms', 'miss', 'doctor', 'dr'] as const;
const TITLES_ES = ['senora', 'senor', 'sra', 'sr', 'don', 'dona'] as const;
const TITLE = pattern`${[...TITLES_EN, ...TITLES_ES]}\.?`;

const FAMILY_EN = [
  ...['wife', 'husband', 'partner', 'mother', 'mom', 'mum', 'father', 'dad', 'son', 'daughter', 'brother', 'sister'],
] as const;
const HOUSEHOLD_EN = ['roommate', 'room mate', 'flatmate', 'housemate'] as const;
const RELATIVES_EN = ['grandmother', 'grandfather', 'grandma', 'grandpa', 'aunt', 'uncle', 'cousin'] as const;
const OTHERS_EN = ['nanny', 'cleaner', 'friend', 'colleague', 'tenant', 'girlfriend', 'boyfriend'] as const;
const FAMILY_ES = [
  ...['esposa', 'esposo', 'marido', 'mujer', 'madre', 'mama', 'padre', 'papa', 'hijo', 'hija', 'hermano', 'hermana'],
  ...['abuela', 'abuelo', 'suegra'],
] as const;
const RELATIONS = [...FAMILY_EN, ...HOUSEHOLD_EN, ...RELATIVES_EN, ...OTHERS_EN, ...FAMILY_ES] as const;

const DOORS_EN = ['number', 'apartment', 'flat', 'unit', 'house'] as const;
const DOORS_ES = ['apartamento', 'departamento', 'numero'] as const;
const DOOR_NUMBERS_EN = [
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', /\w+teen/],
  ...['twenty', 'thirty', 'forty', 'fifty'],
] as const;
const PERSONS_EN = [
  ...[
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
  ],
  'kid',
] as const;
const PERSONS_ES = ['senor', 'senora', /muchach[oa]/] as const;
const WHERE_THEY_LIVE_EN = /(?: (?:upstairs|downstairs|next door|opposite|across the \w+))?/;
/** The number of a door follows. */
const AT_DOOR = pattern`(?= (?:at|in|from|del?) ${[...DOORS_EN, ...DOORS_ES, /\d/, ...DOOR_NUMBERS_EN]})`;
const NEIGHBORS = [
  ...[/neighbou?rs?/, /vecin[oa]s?/],
  pattern`try(?= (?:number|apartment|flat|unit|house))`,
  pattern`${[...PERSONS_EN, ...PERSONS_ES]}${WHERE_THEY_LIVE_EN}${AT_DOOR}`,
  pattern`next door(?= (?:at )?${DOORS_EN})`,
] as const;

/** A neighbor, or a person by the number of a door: "the guy at number four". */
export const NEIGHBOR = everywhere(pattern`\b${NEIGHBORS}\b`);

const NUMBERS_EN = [
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen'],
  ...['fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
] as const;
const TENS_EN = [
  ...['twenty', 'thirty', 'forty', 'fifty', 'zero', 'oh', 'sixty', 'seventy', 'eighty', 'ninety', 'hundred'],
] as const;
const NUMBERS_ES = [
  ...['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce', 'trece'],
  ...['catorce', 'quince', 'veinte'],
] as const;
const NUMBER_WORDS = [...NUMBERS_EN, ...TENS_EN, ...NUMBERS_ES] as const;

/** English number words from one on, in order. */
export const COUNTING_EN: readonly string[] = NUMBERS_EN;
/** Spanish number words from one on, in order. */
export const COUNTING_ES: readonly string[] = [
  ...['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce', 'trece'],
  ...['catorce', 'quince', 'dieciseis', 'diecisiete', 'dieciocho', 'diecinueve', 'veinte'],
];

const UNIT = pattern`(?:\d{1,4} ?[a-z]?\b|(?:${NUMBER_WORDS}\b[ -]?)+(?:[a-h]\b)?)`;
const UNIT_WORDS_EN = [
  'apartment',
  'apt',
  'flat',
  'unit',
  'number',
  'suite',
  'room',
  'house',
  'house number',
  'no',
] as const;
const UNIT_WORDS_ES = ['apartamento', 'departamento', 'depto', 'piso', 'numero', 'casa'] as const;
const NAMED_UNIT = pattern`${[...UNIT_WORDS_EN, ...UNIT_WORDS_ES]}\.? (?<named>${UNIT})`;
const NOT_A_UNIT = /(?! ?(?:a\.? ?m|p\.? ?m|o'?clock|minutes|hours|the))/;
const BARE_UNIT = pattern`(?:at|in|from|en el|en la|del?) (?<bare>${UNIT})${NOT_A_UNIT}`;

/** The number of a door after a person; the group is `named` or `bare`. */
export const UNIT_AFTER = pattern`\b(?:${NAMED_UNIT}|${BARE_UNIT})`;

const DETERMINERS_EN = ['the', 'my', 'our', 'your', 'his', 'her', 'their', 'its', 'a', 'an', 'any', 'one'] as const;
const VERBS_EN = [
  ...['is', 'are', 'was', 'will', 'would', 'can', 'could', 'should', 'has', 'have', 'had', 'knows', 'takes', 'take'],
] as const;
const JOINS_EN = [
  ...['if', 'when', 'who', 'that', 'which', 'and', 'but', 'at', 'in', 'on', 'to', 'for', 'with', 'from', 'of', 'by'],
  ...['so', 'because', 'as', 'not', 'no', 'also', 'instead', 'then', 'too', 'or', 'else', 'otherwise', 'whenever'],
] as const;
const PLACES_EN = [
  ...['next', 'across', 'opposite', 'upstairs', 'downstairs', 'there', 'here', 'door', 'house', 'number', 'flat'],
  ...['apartment', 'unit', 'reception', 'front', 'concierge', 'back', 'porch', 'garage', 'around'],
] as const;
const PRONOUNS_EN = ['it', 'he', 'she', 'they', 'we', 'you', 'i', 'me', 'us', 'him', 'them'] as const;
const PERSON_WORDS_EN = [
  ...['name', 'named', 'called', 'somebody', 'someone', 'anyone', 'whoever', 'receptionist', 'person', 'people'],
  ...['lady', 'man', 'guy', 'driver', 'signature'],
] as const;
const ADVERBS_EN = ['please', 'usually', 'always', 'just', 'ring', 'knock', 'maybe', 'again', 'try'] as const;
const WORDS_ES = [
  ...['la', 'el', 'los', 'las', 'un', 'una', 'que', 'y', 'si', 'por', 'en', 'con', 'de', 'del', 'su', 'mi', 'al', 'es'],
  ...['esta', 'puede'],
] as const;
/** Words that stand where a name could, and are not names. */
export const NOT_A_NAME: ReadonlySet<string> = new Set([
  ...[...DETERMINERS_EN, ...VERBS_EN, ...JOINS_EN, ...PLACES_EN, ...PRONOUNS_EN, ...PERSON_WORDS_EN, ...ADVERBS_EN],
  ...WORDS_ES,
]);

const NAME = /[a-z][a-z'-]+/;
const TITLED_NAME = pattern`(?<name>(?:${TITLE} )?${NAME})`;
const HAND_OVER_EN = ['leave', 'left', 'drop', 'give', 'hand', 'deliver', 'bring', 'take'] as const;
const HAND_OVER_ES = ['deje', 'dejelo', 'dejala', 'entregue', 'entreguelo', 'entreguela', 'dele'] as const;
const AFTER_NAME = [
  ...['at', 'in', 'next', 'across', 'from', 'upstairs', 'downstairs', 'opposite', 'on', 'del', 'de la', 'en'],
] as const;
const GIVE_TO = pattern`${[...HAND_OVER_EN, ...HAND_OVER_ES]}(?: \w+){0,4} (?:with|to|con|a)`;

/** A person by name; the group `name` holds it. The first pattern that fits counts. */
export const NAMED_PERSON: readonly RegExp[] = [
  pattern`\b${[...NEIGHBORS, ...RELATIONS]}(?:'s)?(?: (?:her|his|whose|the))? name is (?<name>${NAME})`,
  pattern`\b(?:called|named|llamad[oa]|se llama) ${TITLED_NAME}`,
  pattern`\b(?<name>${TITLE} ${NAME})`,
  pattern`\b${[...NEIGHBORS, pattern`(?:my|our) ${RELATIONS}`, pattern`mi ${RELATIONS}`]} (?<name>${NAME})`,
  pattern`\b(?:her|his) name(?: is|'s) (?<name>${NAME})`,
  pattern`\b${GIVE_TO} (?<name>${NAME})(?= ${AFTER_NAME})`,
  pattern`\b(?:ask for|pregunte por) ${TITLED_NAME}`,
].map(everywhere);

const TAKE_EN = ['leave', 'left', 'drop', 'give', 'hand', 'deliver', 'bring', 'take', 'ask for'] as const;
const TAKE_ES = [/deje\w*/, /entregue\w*/, 'dele', 'pregunte por'] as const;
/** The parcel is handed over to the person. */
export const HANDED_TO = pattern`\b${[...TAKE_EN, ...TAKE_ES, /neighbou?rs?/, /vecin[oa]s?/]}\b`;

const WILL = ['will', 'can', 'is going to', 'could', 'puede', 'va a', 'estara'] as const;
const RECEIVE_EN = [
  'take',
  'accept',
  'sign',
  'receive',
  'get',
  'collect',
  'be',
  'pick',
  'grab',
  'home',
  'there',
] as const;
const RECEIVE_ES = [/recibir\w*/, 'firmar', 'estar', 'en casa'] as const;
/** The person will take the parcel. */
export const WILL_RECEIVE = pattern`^( \w+){0,3} ${WILL}( \w+){0,2} ${[...RECEIVE_EN, ...RECEIVE_ES]}\b`;
/** The person is at home. */
export const IS_THERE = /^ (is|will be|'ll be) (home|here|there|in)\b/;
