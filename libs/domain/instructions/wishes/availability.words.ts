import { pattern, toGlobal } from '../text/patterns.js';

const VISITS_EN = ['come', 'deliver', 'bring', 'drop', 'stop', 'swing'] as const;
const PRAISE_EN = [
  /works?/,
  'fine',
  'good',
  'great',
  'best',
  'better',
  'ok',
  'okay',
  'perfect',
  'prefer',
  /suits?/,
] as const;
const LIMITS_EN = ['only', 'chance', 'possible', 'convenient', 'not before', 'no earlier'] as const;
const SUITS_ES = [
  'venga',
  'vengan',
  'traiga',
  'traigan',
  'entregue',
  'mejor',
  'bien',
  'prefiero',
  'puede',
  'pueden',
  'solo',
] as const;
/** Times that suit the customer, as opposed to times of presence. */
export const SUITS = pattern`\b${[...VISITS_EN, ...PRAISE_EN, ...LIMITS_EN, ...SUITS_ES]}\b`;

/** What suits the customer after a "but" means presence again: "… but the afternoon is fine". */
export const SUITS_AFTER_ALL = /\b(fine|good|great|best|better|ok|okay|perfect|works?|works for me|bien|mejor)\b/;

const CALLS_EN = [
  /(call|phone|ring|text|knock|buzz|message) (me|us|before|after|the|only)/,
  /don't (call|ring|knock)/,
] as const;
const PLACES_EN = ['gate', 'office', 'reception', 'concierge', 'shop', 'store', 'desk', 'lobby', 'code'] as const;
const OPENING_HOURS_EN = [/closes?/, /opens?/, 'closed', 'locked'] as const;
const OTHERS_ES = [/llame\w*/, /toque\w*/, 'cierra', 'abre'] as const;
/** Times of calls, of opening hours and of other things than presence. */
export const ABOUT_OTHERS = pattern`\b${[...CALLS_EN, ...PLACES_EN, ...OPENING_HOURS_EN, ...OTHERS_ES]}\b`;

/** A place where the customer can be called. */
export const CALLED_THERE = /\b(call|phone|ring|reach|text|contact)( \w+){0,3} at (work|the office|home)\b/g;

const IS_EN = /(?:'s|'re|'ll| is| are| will)/;
const THERE_EN = ['home', 'here', 'there', 'in', 'around', 'available'] as const;
/** A neighbor who is in is at the house next door. */
export const NEIGHBOR_THERE = toGlobal(
  pattern`\bneighbou?rs?(?: (?!is\b|are\b|will\b)\w+)?${IS_EN}(?: \w+){0,2} ${THERE_EN}\b`,
);

/** The parcel is left with another person. */
const LEFT_WITH_EN = /(leave|drop|give|hand) (it|the \w+) (with|to|off with) (?!me\b|us\b)\w+/;
export const HANDED_OVER = pattern`\b(next door|neighbou?rs?|${LEFT_WITH_EN}|vecin[oa])\b`;
/** After a person was named who takes the parcel, "he" or "she" is that person. */
export const THEY_ARE_THERE = toGlobal(pattern`\b(he|she|they)${IS_EN}( \w+){0,2} ${THERE_EN}\b`);

/** "Not home until six" also says that someone is home afterwards. */
export const NOT_UNTIL = /\b(not|n't|won't|no|nobody|no one|nadie|out|away|work|working|busy)\b/;

const CONJUNCTIONS_EN = [
  'if',
  'when',
  'whenever',
  'unless',
  'because',
  'cause',
  'since',
  'that',
  'until',
  'till',
  'while',
  'case',
] as const;
const OPINIONS_EN = ['think', 'guess', 'where', 'as', 'say', 'said', 'hope', 'know', 'sure', 'sorry'] as const;
const TIMES_EN = ['time', 'times', 'day', 'days'] as const;
const ANSWERS_EN = ['yes', 'yeah', 'yep', 'no', 'nope', 'well', 'so', 'and', 'but', 'or', 'then', 'though'] as const;
const ADVERBS_EN = [
  'although',
  'than',
  'like',
  'what',
  'how',
  'whether',
  'probably',
  'maybe',
  'actually',
  'unfortunately',
] as const;
const PREPOSITIONS_EN = ['is', 'are', 'be', 'with', 'for', 'to', 'by', 'after', 'before', 'who', 'which'] as const;
const SUBORDINATING_ES = ['si', 'que', 'cuando', 'porque', 'pero', 'y', 'como'] as const;
/** Words that subordinate the statement after them to the words before. */
const SUBORDINATING = [
  ...CONJUNCTIONS_EN,
  ...OPINIONS_EN,
  ...TIMES_EN,
  ...ANSWERS_EN,
  ...ADVERBS_EN,
  ...PREPOSITIONS_EN,
  ...SUBORDINATING_ES,
] as const;

const WE_EN = [
  "i'm",
  'i am',
  "i'll",
  'i will',
  "i won't",
  "i can't",
  'i have to',
  "we're",
  'we are',
  "we'll",
  'we will',
  "we won't",
] as const;
const THEY_EN = ['nobody', 'no one', 'somebody', 'someone', "he's", "she's", "they're"] as const;
const WE_ES = ['estoy', 'no estoy', 'estare', 'voy a estar'] as const;

/** A subject that begins a statement of its own. */
export const NEW_STATEMENT = toGlobal(
  pattern`(?<=\w)(?<!\b${SUBORDINATING}) (?=${[...WE_EN, ...THEY_EN, ...WE_ES]}\b)`,
);

const JOINS_EN = [
  'and',
  'or',
  'but',
  'so',
  /any ?time/,
  'maybe',
  'then',
  'on',
  'in',
  'the',
  'yes',
  'yeah',
  'no',
  'is',
] as const;
const JOINS_ES = ['y', 'o', 'pero', 'si'] as const;
const FILLERS = ['just', 'again', 'also', 'only', 'please', 'por favor'] as const;
const IN_THE = /(?:in the |this |the |por la |en la |de la |a la )?/;
const PARTS_OF_DAY = [/mornings?/, /afternoons?/, /evenings?/, 'manana', 'tarde', 'noche'] as const;
const IN_THE_MORNING = pattern`${IN_THE}${PARTS_OF_DAY}`;
/** Words that may stand around a time in an answer that consists of nothing else. */
export const AROUND_TIMES = pattern`^${[/\s/, ...JOINS_EN, ...JOINS_ES, ...FILLERS, IN_THE_MORNING]}*$`;
