import type { Found, Handling, Hazard } from '../model/types.js';
import type { Intent } from '../reading/labels.js';
import {
  ASKED_HANDLING,
  DENIED_HANDLING,
  DOG_WARNED,
  ELEVATOR_OUT,
  ELEVATOR_WORKS,
  FRIENDLY_DOG,
  GATE_CODE,
  GATE_STOPS,
  HANDLING_WORDS,
  HAZARD_GONE,
  HAZARD_WORDS,
  ICE_WARNED,
  NO_HAZARD,
  NOT_WITHOUT_RINGING,
  STINGS,
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

/** Returns what may hurt or stop the agent. A hazard that the reader finds but no word names does not count. */
export function findHazards(read: WordsRead): Found<Hazard>[] {
  if (NO_HAZARD.test(read.folded) || HAZARD_GONE.test(read.folded)) return [];
  const isFriendly = FRIENDLY_DOG.test(read.folded) && !/\bnot friendly\b/.test(read.folded);
  const found = toList(read, HAZARDS).filter(
    ({ value }) =>
      HAZARD_WORDS[value].test(read.folded) &&
      !(value === 'dog' && isFriendly) &&
      // A gate with a working code stops no agent.
      !(value === 'gate' && GATE_CODE.test(read.folded) && !GATE_STOPS.test(read.folded)),
  );
  const warned = [
    isFriendly ? null : read.findPhrase<Hazard>(DOG_WARNED, 'dog'),
    read.findPhrase<Hazard>(ICE_WARNED, 'ice'),
    read.findPhrase<Hazard>(STINGS, 'other'),
    ELEVATOR_WORKS.test(read.folded) ? null : read.findPhrase<Hazard>(ELEVATOR_OUT, 'stairs'),
  ];
  return withPhrases(found, warned);
}

/**
 * Returns how the parcel is to be handed over, if a word names it. Of "ring" and "do not ring", only the one with the
 * higher confidence counts.
 */
export function findHandling(read: WordsRead): readonly Found<Handling>[] {
  const likely = toList(read, HANDLINGS).filter(({ value }) => HANDLING_WORDS[value].test(read.folded));
  const asked = ASKED_HANDLING.map(([value, phrase]) => {
    const one = read.findPhrase(phrase, value);
    // "Don't deliver it without a signature" asks for a signature.
    const isDenied = DENIED_HANDLING.test(read.folded.slice(0, one?.evidence.start));
    return one && (!isDenied || /^(?:without|unless|sin)\b/.test(one.evidence.text)) ? one : null;
  });
  const found = withPhrases(likely, asked);
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

/** Adds the findings of phrases whose value is not yet among the findings. */
const withPhrases = <T>(found: readonly Found<T>[], phrases: readonly (Found<T> | null)[]): Found<T>[] => [
  ...found,
  ...phrases.filter((one) => one !== null).filter((one) => !found.some(({ value }) => value === one.value)),
];
