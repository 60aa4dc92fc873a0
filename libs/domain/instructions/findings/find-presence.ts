import { anyOf } from '../text/patterns.js';
import { HOURS } from '../times/time-words.words.js';
import type { Interval } from '#libs/domain/time/index.js';
import { toEvidence } from '../text/find-phrase.js';
import type { Found, Instructions } from '../model/types.js';
import type { ComposedTimes } from '../times/settle-times.js';
import { INTENT_THRESHOLDS, toConfidence } from './thresholds.js';
import type { WordsRead } from './words-read.js';

type Presence = Pick<Instructions, 'availability' | 'unavailable'>;

/** Minimum likelihood of presence, 0–1, if the customer was asked something else. */
const MIN_UNASKED = 0.85;
/** Maximum likelihood of absence, 0–1, for presence without a time to be clear. */
const MAX_ABSENCE = 0.3;
/** Minimum likelihood of presence in one passage, 0–1, to count independent of the rest of the text. */
const PLAIN_IN_PASSAGE = 0.95;
/** A condition with one of these words is about time. */
const TIME_WORD = /^(?:before|after|until|till|by|antes|despues|hasta|temprano|tarde|later|earlier|\d+|las|at)$/;
/** Words for presence that is only wished for. */
const WISHED =
  /\b(?:i'd|i would|we'd) (?:love|like|have loved|have liked) to\b|\bme (?:encantaria|gustaria)\b|\bojala\b/;
/** A question for the time of the delivery. */
const ASKS_WHEN =
  /^\W*(?:(?:hi|hello|hey|ok|hola|oye|oiga|disculpe|and|y)\W+)*(?:(?:like |como )?(?:what time|around what time|when (?:will|is|are|do|does)|how (?:late|long|soon)|a que hora|cuando (?:llega|llegan|pasan|vienen)|should i be|do i (?:need|have) to be|tengo que estar|hace falta que este))\b/;
/** Words that do not answer when someone is there: "no hay prisa". */
const NO_HURRY = /\bno (?:hay |tengo )?(?:prisa|apuro|rush|hurry)\b|\bthere's no (?:rush|hurry)\b/;
/** The customer does not know. */
const DEPENDS =
  /\bno (?:le |te |les )?se decir\b|\bdepende (?:de )?si\b|\b(?:can't|cannot) (?:say|tell you) (?:yet|for sure|right now)\b|\bhard to say\b/;
const PAST = /\b(?:last time|la otra vez|la vez pasada|la ultima vez|i was|we were|estaba|estuve|yesterday|ayer)\b/;

const HOUR = anyOf([/\d{1,2}(?::\d\d)?/, 'noon', 'mediodia', ...Object.keys(HOURS)]);
/** A range of hours. If the reader missed it, "we're not in between two and six" says nothing of the whole window. */
const HOUR_RANGE = new RegExp(
  String.raw`\b(?:between|entre|from|de|desde) (?:las? )?${HOUR}(?: ?(?:[ap]\.?m\.?|o'clock))? (?:and|to|until|till|y|a|hasta) (?:las? )?${HOUR}\b`,
);

/**
 * Returns when someone is at the address and when not. "I'm home" without a time means the planned window, but not if
 * the text contains a time that was not understood.
 */
export function findPresence(read: WordsRead, times: ComposedTimes): Presence {
  const { unavailable } = times;
  if (DEPENDS.test(read.folded)) return { availability: [], unavailable: [] };
  const availability = toAvailability(read, times);
  const isTimeNamed =
    availability.length > 0 ||
    unavailable.length > 0 ||
    times.unread.length > 0 ||
    times.hasTimes ||
    times.namesOtherDay ||
    times.move !== null;
  if (isTimeNamed) return { availability, unavailable };
  const missed = HOUR_RANGE.exec(read.folded);
  if (missed) {
    read.noteUnclear('availability', read.toQuote({ start: missed.index, end: missed.index + missed[0].length }));
    return { availability, unavailable };
  }
  if (isPresent(read)) return { availability: [toPlanned(read, 'home')], unavailable };
  return isAbsent(read) ? { availability, unavailable: [toPlanned(read, 'away')] } : { availability, unavailable };
}

/** Returns the stated windows, or else the requested ones, because a customer who proposes a time will be there. */
function toAvailability(
  read: WordsRead,
  { availability, moveWindows, move }: ComposedTimes,
): readonly Found<Interval>[] {
  if (availability.length > 0) return availability;
  if (moveWindows.length > 0) return moveWindows;
  return move?.value.to && read.has('home') ? [{ ...move, value: move.value.to }] : [];
}

function isPresent(read: WordsRead): boolean {
  const { question } = read.context;
  if (NO_HURRY.test(read.folded) && read.reading.intents.home < MIN_UNASKED) return false;
  if (read.has('unsure') || WISHED.test(read.folded) || ASKS_WHEN.test(read.folded)) return false;
  if (question === 'availability' && read.has('yes') && !read.has('no') && !read.has('away')) return true;
  const { home, away } = read.reading.intents;
  const isConditional = read.findSpans('cond').some((span) => read.wordsOf(span).some((word) => TIME_WORD.test(word)));
  const inPassage = Math.max(0, ...read.reading.passages.map(({ intents }) => intents.home));
  if (away >= MAX_ABSENCE || isConditional || PAST.test(read.folded)) return false;
  if (inPassage >= PLAIN_IN_PASSAGE && !read.has('call_ahead')) return true;
  if (!read.has('home')) return false;
  return question === 'availability' || (home >= MIN_UNASKED && !read.has('call_ahead'));
}

function isAbsent(read: WordsRead): boolean {
  if (read.has('home')) return false;
  const isAsked = read.context.question === 'availability';
  const isAway = read.reading.intents.away >= (isAsked ? INTENT_THRESHOLDS.away : MIN_UNASKED);
  return isAway || (isAsked && read.has('no') && !read.has('yes'));
}

function toPlanned(read: WordsRead, intent: 'home' | 'away'): Found<Interval> {
  const { planned, text } = read.context;
  const { intents } = read.reading;
  const likelihood = Math.max(intents[intent], intents[intent === 'home' ? 'yes' : 'no']);
  return {
    value: planned,
    confidence: toConfidence(likelihood, INTENT_THRESHOLDS[intent]),
    evidence: toEvidence(text, 0, text.length),
  };
}
