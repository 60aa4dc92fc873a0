import { pattern } from '../text/patterns.js';

const PUT_VERBS_EN = ['leave', 'put', 'drop', 'place', 'hide', 'stick', 'pop', 'give', 'hand'] as const;

/** Excludes negations that do not apply to a place: "if I'm not home", "I'm not available". */
const NOT_EN = /(?<!\bif )not(?! (home|here|there|in|around|available|answering|back|able|sure)\b)/;
/** Excludes negations that do not apply to a place: "if I don't answer". */
const DO_NOT_EN = /(don't|do not)(?! (answer|hear|open|respond|come|get to|see)\b)/;
/** Excludes negations that do not apply to a place: "no one is in, so leave it on the porch". */
const NO_ONE_EN = /(no|nobody)(?!( \w+){0,4} (leave|put|drop|give|use|hide|place)\b)/;
const PLACE_NEGATIONS_EN = [
  NOT_EN,
  DO_NOT_EN,
  'never',
  'instead of',
  'rather than',
  'anywhere but',
  'except',
  "isn't",
  NO_ONE_EN,
] as const;
const PLACE_NEGATIONS_ES = ['en vez de', 'nunca'] as const;

/** Before a place where the parcel must not be left: "not at the front door", "don't leave it on the porch". */
export const NEGATION_BEFORE = pattern`\b${[...PLACE_NEGATIONS_EN, ...PLACE_NEGATIONS_ES]}( \w+){0,4} ?$`;

const NEGATIONS_EN = ["don't", 'do not', 'never', 'not', "isn't", "doesn't", "won't", "can't"] as const;
const WORDS_IN_BETWEEN = pattern`( (?!${PUT_VERBS_EN})\w+){2,}`;
const PUT_IT = pattern`(just )?${PUT_VERBS_EN} (it|them|the \w+)( \w+){0,3}`;
/** Before a place to which an earlier negation does not apply: "we don't get along, put it on the porch". */
export const NEW_REQUEST_BEFORE = pattern`\b${NEGATIONS_EN}${WORDS_IN_BETWEEN} ${PUT_IT} ?$`;

/** Before a place that only qualifies another thing: "the code of my neighbor". */
export const POSSESSION_BEFORE = /\b(codes?|keys?|number|name|dogs?|phone|address) (of|for|from) $/;
const POSSESSIONS_EN = [
  /dogs?/,
  /cats?/,
  'car',
  'kids',
  'phone',
  'number is',
  'name',
  'address',
  'driveway',
  'code',
] as const;
const LOCK_PARTS_EN = ['padlock', 'lock', 'key', 'keypad', 'code', 'combination'] as const;
/** After a place that only qualifies another thing: "my neighbor's dog", "the gate code". */
export const POSSESSION_AFTER = pattern`^ ${POSSESSIONS_EN}\b|^ ${LOCK_PARTS_EN}\b`;

const USES_EN = [
  'use',
  'using',
  /usen?/,
  'open',
  'opens',
  'opening',
  /unlocks?/,
  'for',
  /gets you (in|into|through)/,
  /lets you (in|into|through)/,
  /get (in|into|past)/,
] as const;
const USES_ES = ['abre', 'abrir', 'para'] as const;
/** Before a door or gate that the agent opens on the way to the safe place: "use the side gate". */
export const USE_BEFORE = pattern`\b${[...USES_EN, ...USES_ES]}( \w+){0,3} ?$`;
/** Before a door or gate that the agent walks through on the way to the safe place: "go through the gate". */
export const THROUGH_BEFORE = /\b(through|por)( \w+){0,3} ?$/;

/** Before a thing that the customer only describes: "there is a bin by the fence". */
export const THERE_IS_BEFORE = /\b(there's|there is|there are|(i|we) have|(i|we)'ve got|hay)( \w+){1,6} ?$/;

const STATES_EN = ['has', 'needs', 'had', "won't", "doesn't", 'opens', 'sticks', 'closes'] as const;
/** "The gate is broken" describes the gate. "The porch is fine" is a request and does not match. */
const IS_NOT_FINE_EN = /(is|are|was|will be|'s) (?!(fine|good|ok|okay|best|great|perfect|better|safe|alright|where)\b)/;
const STATES_ES = ['tiene', /se (abre|cierra)/] as const;
/** After a door or gate whose state the customer describes: "the gate sticks". */
export const STATE_AFTER = pattern`^ ${[...STATES_EN, IS_NOT_FINE_EN, ...STATES_ES]}`;

const PLACEMENTS_EN = [
  'leave',
  'put',
  'drop',
  'place',
  'hide',
  'stick',
  'pop',
  'leaving',
  'tuck',
  'set',
  'throw',
  'toss',
  'stash',
  'slide',
  'deliver',
  'bring',
  'give',
  'hand',
  'take',
  /(can|could|should|may) go/,
] as const;
const PLACEMENTS_ES = [/dej[aeo]\w*/, /pon\w*/, /entreg\w*/, /coloqu\w*/, /ponga\w*/] as const;
/** Before a safe place: a verb that says where to put the parcel. */
export const PLACEMENT_BEFORE = pattern`\b${[...PLACEMENTS_EN, ...PLACEMENTS_ES]}\b`;

const LOCK_WORDS_EN = ['code', 'keypad', 'combination', 'combo', 'pin', 'passcode', 'password', /lock ?box/] as const;
const AGENT_ACTIONS_EN = [
  'press',
  'ring',
  'knock',
  'enter',
  'come',
  'go',
  'walk',
  'drive',
  'turn',
  'park',
  'through',
] as const;
const OTHER_TOPICS = ['dog', 'dogs', 'cat', ...AGENT_ACTIONS_EN, 'perro', 'codigo', 'clave', 'entre', 'toque'] as const;
/** Before a place that the customer mentions in a statement about something else: "the dog is in the garage". */
export const OTHER_TOPIC_BEFORE = pattern`\b(${LOCK_WORDS_EN}( \w+){0,9} ?$|${OTHER_TOPICS}( \w+){0,5} ?$)`;
