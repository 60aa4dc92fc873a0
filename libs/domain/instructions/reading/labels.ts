/** What a span of words means. `bench/analysis/utterances/README.md` says more of each. */
export const TAGS = [
  'yes',
  'no',
  'move',
  'call',
  'mention',
  'put',
  'avoid',
  'scenery',
  'code',
  'num',
  'person',
  'unit',
  'noperson',
  'cond',
] as const;
export type Tag = (typeof TAGS)[number];

/** What a customer wants or says as a whole. */
export const INTENTS = [
  'home',
  'away',
  'refuse',
  'opt_out',
  'reschedule',
  'keep',
  'pickup',
  'call_ahead',
  'human',
  'wrong_person',
  'yes',
  'no',
  'unsure',
  'dog',
  'ice',
  'stairs',
  'gate',
  'hazard',
  'fragile',
  'signature',
  'attended',
  'ring',
  'no_ring',
  'handling',
] as const;
export type Intent = (typeof INTENTS)[number];

/** Per token: outside, or the beginning or the inside of a span of a tag. `1 + 2 * tag` begins, `2 + 2 * tag` continues. */
export const LABEL_COUNT = 1 + 2 * TAGS.length;
