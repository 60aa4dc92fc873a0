import type { Found } from '../model/types.js';
import {
  AT_TIME_OR_PLACE,
  CONTACT,
  CONTACT_WORDS,
  DENIED_CONTACT,
  HUMAN_ASKED,
  HUMAN_WORDS,
  NOT_AHEAD,
  KEEPS_CALLS,
  KEPT,
  NOT_A_REFUSAL,
  NOT_UNANNOUNCED,
  NOT_WANTED,
  ONLY_HUMAN,
  REFUSED,
  REFUSED_BEFORE,
  REFUSED_BY_OTHERS,
  WRONG_PERSON_WORDS,
} from './wishes.words.js';
import { matchOptOut } from '../wishes/opt-out.js';
import { EXPLICIT_CONFIDENCE, type WordsRead } from './words-read.js';

/** Minimum likelihood of an opt-out, 0–1, if the text has another wish or limits calls to a time or place. */
const MIN_OPT_OUT_BESIDE_OTHER_WISH = 0.5;
const MIN_OTHER_WISH = 0.6;
const MIN_OPT_OUT_WITH_TIME_OR_PLACE = 0.95;
/** By how much likelier, 0–1, a refusal must be than the wish to keep the parcel. */
const CLEARLY_MORE = 0.2;
/** Minimum likelihood of needing a person, 0–1, if no word names one. */
const MIN_UNNAMED_HUMAN = 0.97;

/**
 * Whether the customer wants no further contact. An explicit wish counts independent of the rest of the text. "I want a
 * person and not a robot" is not such a wish.
 */
export function findOptOut(read: WordsRead): Found<true> | null {
  const limitsTimeOrPlace = AT_TIME_OR_PLACE.test(read.folded);
  if (KEEPS_CALLS.test(read.folded)) return null;
  const asked = limitsTimeOrPlace ? null : matchOptOut(read.folded);
  if (asked) return { value: true, confidence: EXPLICIT_CONFIDENCE, evidence: read.toQuote(asked) };
  const { opt_out: optOut, human, reschedule, home } = read.reading.intents;
  const isOtherWish = Math.max(human, reschedule, home) >= MIN_OTHER_WISH;
  const isAboutContact = read.hasWordOf('call', 'stop', 'not');
  const isExcluded =
    !isAboutContact ||
    (optOut < MIN_OPT_OUT_WITH_TIME_OR_PLACE && limitsTimeOrPlace) ||
    (optOut < MIN_OPT_OUT_BESIDE_OTHER_WISH && isOtherWish);
  return isExcluded || !CONTACT_WORDS.test(read.folded) ? null : read.findIntent('opt_out');
}

/**
 * Whether the customer refuses the parcel. Words without a verb of wanting or sending and without a negation do not.
 */
export function findRefusal(read: WordsRead): Found<true> | null {
  if ([NOT_A_REFUSAL, KEPT, REFUSED_BEFORE].some((words) => words.test(read.folded))) return null;
  if (REFUSED_BY_OTHERS.test(read.context.text)) return null;
  const inSoManyWords = read.findPhrase<true>(REFUSED, true);
  const { keep, refuse } = read.reading.intents;
  // A plain refusal is rarely far from words such as "please" and "back", by which others keep the parcel.
  // "If it is damaged send it back" refuses nothing yet.
  if (read.findSpans('cond').length > 0) return null;
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
  const human = isNamed || read.reading.intents.human >= MIN_UNNAMED_HUMAN ? read.findIntent('human') : null;
  return human ?? (WRONG_PERSON_WORDS.test(read.folded) ? read.findIntent('wrong_person') : null);
}
