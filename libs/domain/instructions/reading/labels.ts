/** Meanings of a span of words. `bench/analysis/utterances/README.md` defines each. */
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

/** Intents: what the customer wants or states in the whole text. */
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

/**
 * Number of labels of a token in the BIO scheme: 0 is outside, `1 + 2 * tag` begins a span of a tag, and `2 + 2 * tag`
 * continues it.
 */
export const LABEL_COUNT = 1 + 2 * TAGS.length;
