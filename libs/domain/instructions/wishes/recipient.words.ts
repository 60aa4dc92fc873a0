import { pattern, toGlobal } from '../text/patterns.js';
import { NEIGHBOR_WORDS } from './neighbors.words.js';

const TITLES_EN = ['mister', 'missus', 'mrs', 'mr', 'ms', 'miss', 'doctor', 'dr'] as const;
const TITLES_ES = ['senora', 'senor', 'sra', 'sr', 'don', 'dona'] as const;
const TITLE = pattern`${[...TITLES_EN, ...TITLES_ES]}\.?`;

const FAMILY_EN = [
  'wife',
  'husband',
  'partner',
  'mother',
  'mom',
  'mum',
  'father',
  'dad',
  'son',
  'daughter',
  'brother',
  'sister',
] as const;
const HOUSEHOLD_EN = ['roommate', 'room mate', 'flatmate', 'housemate'] as const;
const RELATIVES_EN = ['grandmother', 'grandfather', 'grandma', 'grandpa', 'aunt', 'uncle', 'cousin'] as const;
const OTHERS_EN = ['nanny', 'cleaner', 'friend', 'colleague', 'tenant', 'girlfriend', 'boyfriend'] as const;
const FAMILY_ES = [
  'esposa',
  'esposo',
  'marido',
  'mujer',
  'madre',
  'mama',
  'padre',
  'papa',
  'hijo',
  'hija',
  'hermano',
  'hermana',
  'abuela',
  'abuelo',
  'suegra',
] as const;
const RELATIONS = [...FAMILY_EN, ...HOUSEHOLD_EN, ...RELATIVES_EN, ...OTHERS_EN, ...FAMILY_ES] as const;

const NAME = /[a-z][a-z'-]+/;
const TITLED_NAME = pattern`(?<name>(?:${TITLE} )?${NAME})`;
const HAND_OVER_EN = ['leave', 'left', 'drop', 'give', 'hand', 'deliver', 'bring', 'take'] as const;
const HAND_OVER_ES = ['deje', 'dejelo', 'dejala', 'entregue', 'entreguelo', 'entreguela', 'dele'] as const;
const AFTER_NAME = [
  'at',
  'in',
  'next',
  'across',
  'from',
  'upstairs',
  'downstairs',
  'opposite',
  'on',
  'del',
  'de la',
  'en',
] as const;
const GIVE_TO = pattern`${[...HAND_OVER_EN, ...HAND_OVER_ES]}(?: \w+){0,4} (?:with|to|con|a)`;

/** Patterns that capture a person's name in the group `name`, in order of precedence. */
export const NAMED_PERSON: readonly RegExp[] = [
  pattern`\b${[...NEIGHBOR_WORDS, ...RELATIONS]}(?:'s)?(?: (?:her|his|whose|the))? name is (?<name>${NAME})`,
  pattern`\b(?:called|named|llamad[oa]|se llama) ${TITLED_NAME}`,
  pattern`\b(?<name>${TITLE} ${NAME})`,
  pattern`\b${[...NEIGHBOR_WORDS, pattern`(?:my|our) ${RELATIONS}`, pattern`mi ${RELATIONS}`]} (?<name>${NAME})`,
  pattern`\b(?:her|his) name(?: is|'s) (?<name>${NAME})`,
  pattern`\b${GIVE_TO} (?<name>${NAME})(?= ${AFTER_NAME})`,
  pattern`\b(?:ask for|pregunte por) ${TITLED_NAME}`,
].map(toGlobal);

const RECIPIENT_VERBS_EN = ['leave', 'left', 'drop', 'give', 'hand', 'deliver', 'bring', 'take', 'ask for'] as const;
const RECIPIENT_VERBS_ES = [/deje\w*/, /entregue\w*/, 'dele', 'pregunte por'] as const;
const NEIGHBORS = [/neighbou?rs?/, /vecin[oa]s?/] as const;
/** Before a name: words that make the person the recipient, such as "leave it with" or "neighbor". */
export const RECIPIENT_BEFORE = pattern`\b${[...RECIPIENT_VERBS_EN, ...RECIPIENT_VERBS_ES, ...NEIGHBORS]}\b`;

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
/** After a name: the person will receive the parcel, such as "can sign for it". */
export const WILL_RECEIVE_AFTER = pattern`^( \w+){0,3} ${WILL}( \w+){0,2} ${[...RECEIVE_EN, ...RECEIVE_ES]}\b`;
/** After a name: the person is at home. */
export const IS_HOME_AFTER = /^ (is|will be|'ll be) (home|here|there|in)\b/;
