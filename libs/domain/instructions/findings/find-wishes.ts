import type { Found } from '../model/types.js';
import {
  AT_TIME_OR_PLACE,
  CONTACT,
  CONTACT_WORDS,
  DENIED_CONTACT,
  HUMAN_ASKED,
  HUMAN_WORDS,
  NOT_AHEAD,
  NOT_A_REFUSAL,
  ONLY_HUMAN,
  WRONG_PERSON_WORDS,
} from './wishes.words.js';
import { matchOptOut } from '../wishes/opt-out.js';
import { IN_SO_MANY_WORDS, type WordsRead } from './words-read.js';

/** Likelihoods, 0–1. An opt-out below the first does not count if another wish has at least the second. */
const PLAIN_OPT_OUT = 0.5;
const PLAIN_OTHER_WISH = 0.6;
const SURE_OPT_OUT = 0.95;
/** Minimum likelihood of needing a person, 0–1, if no word names one. */
const SURE_HUMAN = 0.97;

/**
 * Whether the customer wants no further contact. An explicit wish counts independent of the rest of the text. "I want a
 * person and not a robot" is not such a wish.
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

/**
 * Whether the customer refuses the parcel. Words without a verb of wanting or sending and without a negation do not.
 */
export function findRefusal(read: WordsRead): Found<true> | null {
  const isAboutParcel = read.hasWordOf('refuse', 'not', 'stop', 'take', 'wrong');
  return !isAboutParcel || read.has('keep') || NOT_A_REFUSAL.test(read.folded) ? null : read.findIntent('refuse');
}

/** Whether the agent is to call before arriving. */
export function findCallAhead(read: WordsRead): Found<true> | null {
  const isDenied = DENIED_CONTACT.test(read.folded) && read.folded.match(CONTACT)?.length === 1;
  return isDenied || NOT_AHEAD.test(read.folded) ? null : read.findIntent('call_ahead');
}

/** Whether a person has to speak with the customer: one was asked for, or the number or address is wrong. */
export function findNeedForHuman(read: WordsRead): Found<true> | null {
  const asked = read.findPhrase<true>(ONLY_HUMAN, true) ?? read.findPhrase<true>(HUMAN_ASKED, true);
  if (asked) return asked;
  const isNamed = HUMAN_WORDS.test(read.folded);
  const human = isNamed || read.reading.intents.human >= SURE_HUMAN ? read.findIntent('human') : null;
  return human ?? (WRONG_PERSON_WORDS.test(read.folded) ? read.findIntent('wrong_person') : null);
}
