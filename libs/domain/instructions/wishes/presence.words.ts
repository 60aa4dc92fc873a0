import { pattern } from '../text/patterns.js';

/** Who is at home: "I'm home", "someone will be there". */
const PERSONS_EN = ['i', 'we', 'somebody', 'someone'] as const;
/** Words that do not continue the name or role of a person: "my neighbor in number twelve". */
const NOT_A_SURNAME_EN = /(?!in\b|at\b|on\b|to\b|will\b|is\b)/;
const NOT_A_PERSON_EN = [
  /dogs?\b/,
  /cats?\b/,
  /gates?\b/,
  /doors?\b/,
  /codes?\b/,
  /keys?\b/,
  /parcel\b/,
  /package\b/,
  /box\b/,
  /bell\b/,
  /garage\b/,
  /number\b/,
] as const;
const NOT_A_ROLE_EN = /(?!in\b|at\b|on\b|to\b|will\b|is\b|code\b|dog\b|box\b|key\b|door\b)/;
/** Persons who count only with a verb: "my sister is home". "My neighbor in number twelve" only says which one. */
const NAMED_PERSON_EN = [
  'he',
  'she',
  'they',
  pattern`(?:my|our) (?!neighbou?rs?\b)\w+(?: ${NOT_A_SURNAME_EN}\w+)?`,
  pattern`(?:the|a) (?!${NOT_A_PERSON_EN})\w+(?: ${NOT_A_ROLE_EN}\w+)?`,
] as const;

const IS_EN = ['am', 'are', 'is', 'will', 'can', 'should', 'would', 'might'] as const;
const ADVERBS_EN = [
  'usually',
  'always',
  'definitely',
  'probably',
  'normally',
  'generally',
  'just',
  'also',
  'only',
  'still',
  'both',
  'all',
] as const;
const ADVERB_EN = pattern`(?: ${ADVERBS_EN})?`;
const BE_EN = /(?: (?:going to|gonna))?(?: be)?/;

/** "In the morning" says when; "in the building" says where a place is, not that a person is in. */
const NOT_INSIDE_EN = [
  'a',
  'an',
  /the(?! (?:morning|afternoon|evening))/,
  'my',
  'our',
  'your',
  'his',
  'her',
  'front',
  'case',
  'number',
  'no',
  'apartment',
  'apt',
  'flat',
  'unit',
  'building',
  'room',
  'house',
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
  'twenty',
  /\d+/,
] as const;
const PLACES_EN = [
  'home',
  'at home',
  'here',
  'there',
  pattern`in(?! ${NOT_INSIDE_EN}\b)`,
  /around(?! the\b)/,
  'available',
  'free',
  /back(?! (?:door|porch|yard|gate|garden|of)\b)/,
  'somebody',
  'someone',
  'able to',
  /at (?:the|my|our) (?:house|place|apartment|flat)/,
] as const;
const THERE_EN = pattern`${PLACES_EN}\b`;

const RETURNING_EN = ['i', 'we', 'he', 'she', 'they', 'and', /(?:my|our) \w+/] as const;
const RETURN_EN = /(?:get|be|come|arrive|return)s? (?:home|back|in)\b/;
const PRESENT_EN = [
  pattern`\b${PERSONS_EN}(?:'m|'re|'ll|'s)?(?: ${IS_EN})?${ADVERB_EN}${BE_EN}${ADVERB_EN} ${THERE_EN}`,
  pattern`\b${NAMED_PERSON_EN}(?:'re|'ll|'s| ${IS_EN})${ADVERB_EN}${BE_EN}${ADVERB_EN} ${THERE_EN}`,
  pattern`\bthere(?:'s|'ll| (?:is|are|will|should))${ADVERB_EN}${BE_EN} ${THERE_EN}`,
  pattern`\b${RETURNING_EN}(?:'ll| will| should)?${ADVERB_EN} ${RETURN_EN}`,
  /^and (?:back|home)\b/,
  /(?<!\b(?:leave it|leave|deliver) )\bat home\b/,
  /\bwork(?:s|ing)? from home\b/,
  /\b(?:will|i'll|we'll) be (?:home|here|there|in|around|available)\b/,
  /\bhome (?:all|after|before|from|between|until|till|by|in|at|any)/,
  /\b(?:somebody|someone)(?:'s| is|'ll| will)(?: \w+)? (?:home|here|there|in)\b/,
  /\bavailable\b/,
  /\bfree (?:from|after|before|between|until|in|all)\b/,
] as const;

const WE_ARE_ES = [
  'estoy',
  'estare',
  'estamos',
  'estaremos',
  'voy a estar',
  'vamos a estar',
  /(?:esta|estara|estan|estaran)(?= (?:en (?:la |mi )?casa|aqui|ahi|alli))/,
  /(?:hay|habra) (?:alguien|gente)/,
  /alguien (?:esta|estara|va a estar)/,
  'llego',
  'regreso',
  'vuelvo',
] as const;

/** A person is at the address, or returns to it. */
export const PRESENT = pattern`${[...PRESENT_EN, pattern`\b${WE_ARE_ES}\b`]}`;
