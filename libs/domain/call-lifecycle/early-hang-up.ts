import type { CallFacts } from './types.js';

/**
 * The longest from answer to end, in seconds. Greeting, hint and first question take up to 30 s in either language at 150 words
 * a minute, and the wait for an answer 6 s. A customer who stayed longer did not hang up on the first words.
 */
export const MAX_EARLY_HANG_UP_SECONDS = 40;

/** From here on the called network's final response is a failure (RFC 3261, section 21). */
const SIP_FAILURE = 400;

/**
 * Whether a call that the carrier completed while the conversation was cut short was ended by the customer before they
 * answered the first question. The promise behind `hung_up_early` is that the customer is not rung again the same day
 * for nothing; the promise behind `dropped` is that a customer whom we or the carrier failed is called back soon. A failure must
 * never be taken for a hang-up, so each of these facts must be known:
 *
 * - The first question was put, and no answer to it was taken. Without a conversation there is no proof that the
 *   customer heard us: the first webhook may have failed.
 * - No answering machine and no fax was detected. A machine that hangs up before it is detected counts as a person.
 * - Nothing is known to have failed or to have been ended by us, and the carrier reported the end by itself. Where we
 *   had to ask for the end, our webhooks may have been unreachable in the call as well.
 * - The call lasted `MAX_EARLY_HANG_UP_SECONDS` at most.
 *
 * What cannot be told apart: Twilio's status callback does not say who hung up (only Voice Insights does, minutes later
 * and as a paid feature). A line that broke in the network during the first words looks like a hang-up and counts as one: the
 * customer is called later than they could be, but never more often. So does a process that died with the first answer in
 * hand, if another replica takes the report of the end and the fallback lies elsewhere.
 */
export function isEarlyHangUp(facts: CallFacts): boolean {
  const { firstQuestion, answeredBy, interrupted, endReported, sipResponseCode } = facts;
  if (firstQuestion !== 'open' || answeredBy === 'machine' || answeredBy === 'fax') return false;
  if (interrupted || !endReported || (sipResponseCode ?? 0) >= SIP_FAILURE) return false;
  const seconds = talkSeconds(facts);
  return seconds !== null && seconds <= MAX_EARLY_HANG_UP_SECONDS;
}

/** From answer to end, in seconds: as the carrier counted, else by the reports' own times; `null` where neither is known. */
function talkSeconds({ durationSeconds, answeredAt, endedAt }: CallFacts): number | null {
  if (durationSeconds !== null) return durationSeconds;
  if (answeredAt === null || endedAt === null) return null;
  return (Date.parse(endedAt) - Date.parse(answeredAt)) / 1000;
}
