import type { Found, Handling, Hazard } from '../model/types.js';
import { toEvidence } from '../text/find-phrase.js';
import type { Intent } from '../reading/labels.js';
import {
  DOG_WARNED,
  FRIENDLY_DOG,
  HANDLING_WORDS,
  HAZARD_WORDS,
  NO_HAZARD,
  NOT_WITHOUT_RINGING,
} from './hazards.words.js';
import type { WordsRead } from './words-read.js';

const HAZARDS: readonly (readonly [Intent, Hazard])[] = [
  ['dog', 'dog'],
  ['ice', 'ice'],
  ['stairs', 'stairs'],
  ['gate', 'gate'],
  ['hazard', 'other'],
];
const HANDLINGS: readonly (readonly [Intent, Handling])[] = [
  ['fragile', 'fragile'],
  ['signature', 'signature'],
  ['attended', 'leave_unattended_forbidden'],
  ['ring', 'ring_bell'],
  ['no_ring', 'do_not_ring'],
  ['handling', 'other'],
];

/** Confidence of a warning in so many words, 0–1. */
const IN_SO_MANY_WORDS = 0.9;

/** What may hurt or stop the agent. A hazard of which no word speaks does not count, whatever the reader says. */
export function findHazards(read: WordsRead): Found<Hazard>[] {
  if (NO_HAZARD.test(read.folded)) return [];
  const isFriendly = FRIENDLY_DOG.test(read.folded) && !/\bnot friendly\b/.test(read.folded);
  const found = toList(read, HAZARDS).filter(
    ({ value }) => HAZARD_WORDS[value].test(read.folded) && !(value === 'dog' && isFriendly),
  );
  const warning = found.some(({ value }) => value === 'dog') || isFriendly ? null : DOG_WARNED.exec(read.folded);
  return warning ? [toDog(read, warning), ...found] : found;
}

const toDog = ({ context }: WordsRead, { index, 0: words }: RegExpExecArray): Found<Hazard> => ({
  value: 'dog',
  confidence: IN_SO_MANY_WORDS,
  evidence: toEvidence(context.text, index, index + words.length),
});

/** How the parcel is to be handed over, where a word speaks of it. Of "ring" and "do not ring" the likelier one counts. */
export function findHandling(read: WordsRead): readonly Found<Handling>[] {
  const found = toList(read, HANDLINGS).filter(({ value }) => HANDLING_WORDS[value].test(read.folded));
  const { ring, no_ring: noRing } = read.reading.intents;
  const hasBoth = ['ring_bell', 'do_not_ring'].every((value) => found.some((one) => one.value === value));
  if (!hasBoth) return found;
  const wrong = ring >= noRing || NOT_WITHOUT_RINGING.test(read.words.join(' ')) ? 'do_not_ring' : 'ring_bell';
  return found.filter(({ value }) => value !== wrong);
}

function toList<T>(read: WordsRead, values: readonly (readonly [Intent, T])[]): Found<T>[] {
  return values.flatMap(([intent, value]) => {
    const found = read.findIntent(intent);
    return found ? [{ ...found, value }] : [];
  });
}
