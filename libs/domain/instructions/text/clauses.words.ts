import { pattern } from './patterns.js';

/** English words that open a new statement by themselves. */
const CONJUNCTIONS_EN = ['but', 'however', 'although', 'though', 'because', 'otherwise', 'except', 'unless'] as const;
const CONDITIONS_EN = ['in case', 'if'] as const;

/** What may follow "so" where it opens a statement: "so leave it", unlike "so heavy". */
const TIMES_AFTER_SO_EN = /(any ?time )?(after|before|from|between|all day)/;
const AFTER_SO_EN = ['i', 'you', 'just', 'please', 'leave', 'put', 'come', TIMES_AFTER_SO_EN] as const;

/** What may follow "and" where it opens a statement: "and ring the bell", unlike "bread and butter". */
const SUBJECTS_EN = ['i', "i'm", "i'll", 'we', "we're", "we'll", 'my', 'the', 'there'] as const;
const REQUESTS_EN = ['leave', 'put', 'please', "don't", 'do not', 'ring', 'knock', 'call', 'give', 'if'] as const;
const PERSONS_EN = ['nobody', 'no one', 'somebody', 'someone', 'then', 'he', 'she', 'they'] as const;
const RETURNS_EN = [/(get|come|be) (home|back)/, /back (at|by|around)/, /home (at|by|around)/] as const;
const AFTER_AND_EN = [...SUBJECTS_EN, ...REQUESTS_EN, ...PERSONS_EN, ...RETURNS_EN] as const;

/** English words that open a new statement. */
export const BOUNDARIES_EN = [
  ...CONJUNCTIONS_EN,
  ...CONDITIONS_EN,
  pattern`so (?=${AFTER_SO_EN})`,
  pattern`and (?=${AFTER_AND_EN}\b)`,
  /or (?=(if|you can|just)\b)/,
  /then (?=(i|you|we|please|just|leave)\b)/,
  /please (?=(leave|put|call|ring|don't|do not|give)\b)/,
] as const;

/** Spanish words that open a new statement. */
export const BOUNDARIES_ES = [
  'pero',
  'aunque',
  'porque',
  'excepto',
  'salvo',
  'menos',
  /si (?=(no|estoy|hay)\b)/,
  'por si',
  /y (?=(estoy|estare|despues|luego|deje\w*|no|por favor|si|mi)\b)/,
] as const;
