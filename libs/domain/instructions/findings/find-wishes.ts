import type { Found } from '../model/types.js';
import {
  AT_TIME_OR_PLACE,
  CONTACT,
  CONTACT_WORDS,
  DENIED_CONTACT,
  HUMAN_ASKED,
  HUMAN_WORDS,
  NOT_AHEAD,
  KEPT,
  NOT_A_REFUSAL,
  NOT_UNANNOUNCED,
  NOT_WANTED,
  ONLY_HUMAN,
  REFUSED,
  WRONG_PERSON_WORDS,
} from './wishes.words.js';
import { matchOptOut } from '../wishes/opt-out.js';
import { IN_SO_MANY_WORDS, type WordsRead } from './words-read.js';

/** Likelihoods, 0–1: an opt-out below the first counts unless another wish is as likely as the second. */
const PLAIN_OPT_OUT = 0.5;
const PLAIN_OTHER_WISH = 0.6;
const SURE_OPT_OUT = 0.95;
/** By how much likelier, 0–1, a refusal must be than the wish to keep the parcel. */
const CLEARLY_MORE = 0.2;
/** Likelihood, 0–1, from which on a person is needed although no word speaks of one. */
const SURE_HUMAN = 0.97;

/**
 * Whether no further contact is wanted. In so many words it counts at once, whatever else is said. "I want a person and
 * not a robot" is about something else.
 */
export function findOptOut(read: WordsRead): Found<true> | null {
  const isOnlyThere = AT_TIME_OR_PLACE.test(read.folded);
  const asked = isOnlyThere ? null : matchOptOut(read.folded);
  if (asked) return { value: true, confidence: IN_SO_MANY_WORDS, evidence: read.toQuote(asked) };
  const { opt_out: optOut, human, reschedule, home } = read.reading.intents;
  const isOtherWish = Math.max(human, reschedule, home) >= PLAIN_OTHER_WISH;
  const isAboutContact = read.hasWordOf('call', 'stop', 'not');
  const isNone = !isAboutContact || (optOut < SURE_OPT_OUT && isOnlyThere) || (optOut < PLAIN_OPT_OUT && isOtherWish);
  return isNone || !CONTACT_WORDS.test(read.folded) ? null : read.findIntent('opt_out');
}

/** Whether the parcel is not wanted at all. Words that neither want, send nor deny anything refuse nothing. */
export function findRefusal(read: WordsRead): Found<true> | null {
  if (NOT_A_REFUSAL.test(read.folded) || KEPT.test(read.folded)) return null;
  const inSoManyWords = read.findPhrase<true>(REFUSED, true);
  const { keep, refuse } = read.reading.intents;
  // A plain refusal is rarely far from words such as "please" and "back", by which others keep the parcel.
  const isKept = read.has('keep') && refuse < keep + CLEARLY_MORE;
  if (inSoManyWords || isKept) return inSoManyWords;
  const isAboutParcel = read.hasWordOf('refuse', 'not', 'stop', 'take', 'wrong');
  return (isAboutParcel ? read.findIntent('refuse') : null) ?? read.findPhrase<true>(NOT_WANTED, true);
}

/** Whether the agent is to call before arriving. */
export function findCallAhead(read: WordsRead): Found<true> | null {
  const isDenied = DENIED_CONTACT.test(read.folded) && read.folded.match(CONTACT)?.length === 1;
  if (isDenied || NOT_AHEAD.test(read.folded)) return null;
  return read.findIntent('call_ahead') ?? read.findPhrase<true>(NOT_UNANNOUNCED, true);
}

/** Whether a person has to speak with the customer: one was asked for, or the number or address is wrong. */
export function findNeedForHuman(read: WordsRead): Found<true> | null {
  const asked = read.findPhrase<true>(ONLY_HUMAN, true) ?? read.findPhrase<true>(HUMAN_ASKED, true);
  if (asked) return asked;
  const isNamed = HUMAN_WORDS.test(read.folded);
  const human = isNamed || read.reading.intents.human >= SURE_HUMAN ? read.findIntent('human') : null;
  return human ?? (WRONG_PERSON_WORDS.test(read.folded) ? read.findIntent('wrong_person') : null);
}
