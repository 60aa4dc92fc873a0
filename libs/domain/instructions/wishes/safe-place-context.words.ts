import { pattern } from '../text/patterns.js';

const PUT_VERBS_EN = ['leave', 'put', 'drop', 'place', 'hide', 'stick', 'pop', 'give', 'hand'] as const;

/** "If I'm not home" and "if I don't answer" deny no place. */
const NOT_EN = /(?<!\bif )not(?! (home|here|there|in|around|available|answering|back|able|sure)\b)/;
const DO_NOT_EN = /(don't|do not)(?! (answer|hear|open|respond|come|get to|see)\b)/;
/** "No one is in so leave it on the porch" denies no place. */
const NO_ONE_EN = /(no|nobody)(?!( \w+){0,4} (leave|put|drop|give|use|hide|place)\b)/;
const DENIALS_EN = [
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
const DENIALS_ES = ['en vez de', 'nunca'] as const;

/** What turns a place into one that is not wanted: "not at the front door", "don't leave it on the porch". */
export const DENIED = pattern`\b${[...DENIALS_EN, ...DENIALS_ES]}( \w+){0,4} ?$`;

const NEGATIONS_EN = ["don't", 'do not', 'never', 'not', "isn't", "doesn't", "won't", "can't"] as const;
const WORDS_IN_BETWEEN = pattern`( (?!${PUT_VERBS_EN})\w+){2,}`;
const PUT_IT = pattern`(just )?${PUT_VERBS_EN} (it|them|the \w+)( \w+){0,3}`;
/** "We don't get along, put it …": the denial ends where another request begins. */
export const PUT_INSTEAD = pattern`\b${NEGATIONS_EN}${WORDS_IN_BETWEEN} ${PUT_IT} ?$`;

/** A thing that belongs to the place or person: "the code of my neighbor", "my neighbor's dog". */
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
const LOCKS_EN = ['padlock', 'lock', 'key', 'keypad', 'code', 'combination'] as const;
export const POSSESSION_AFTER = pattern`^ ${POSSESSIONS_EN}\b|^ ${LOCKS_EN}\b`;

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
/** What is opened or walked through on the way to the place of the parcel. */
export const USED_ON_THE_WAY = pattern`\b${[...USES_EN, ...USES_ES]}( \w+){0,3} ?$`;
export const WALKED_THROUGH = /\b(through|por)( \w+){0,3} ?$/;

/** Where another thing is: "there is a bin by the fence". */
export const THERE_IS = /\b(there's|there is|there are|(i|we) have|(i|we)'ve got|hay)( \w+){1,6} ?$/;

const STATES_EN = ['has', 'needs', 'had', "won't", "doesn't", 'opens', 'sticks', 'closes'] as const;
/** "The porch is fine" is a wish, "the gate is broken" describes the gate. */
const IS_NOT_FINE_EN = /(is|are|was|will be|'s) (?!(fine|good|ok|okay|best|great|perfect|better|safe|alright|where)\b)/;
const STATES_ES = ['tiene', /se (abre|cierra)/] as const;
/** A statement about the door itself rather than about the parcel. */
export const STATE_OF_DOOR = pattern`^ ${[...STATES_EN, IS_NOT_FINE_EN, ...STATES_ES]}`;

const PUTTING_EN = [
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
const PUTTING_ES = [/dej[aeo]\w*/, /pon\w*/, /entreg\w*/, /coloqu\w*/, /ponga\w*/] as const;
/** Words after which a place is the place of the parcel. */
export const PUT = pattern`\b${[...PUTTING_EN, ...PUTTING_ES]}\b`;

const LOCK_WORDS_EN = ['code', 'keypad', 'combination', 'combo', 'pin', 'passcode', 'password', /lock ?box/] as const;
const MOVES_EN = ['press', 'ring', 'knock', 'enter', 'come', 'go', 'walk', 'drive', 'turn', 'park', 'through'] as const;
const OTHER_TOPICS = ['dog', 'dogs', 'cat', ...MOVES_EN, 'perro', 'codigo', 'clave', 'entre', 'toque'] as const;
/** Places that are only mentioned: "the dog is in the garage" and "the gate code is" name no place for the parcel. */
export const ABOUT_SOMETHING_ELSE = pattern`\b(${LOCK_WORDS_EN}( \w+){0,9} ?$|${OTHER_TOPICS}( \w+){0,5} ?$)`;
