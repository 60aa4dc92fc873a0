import type { CallFacts } from './types.js';

/**
 * The maximum time from answer to end, in seconds. Greeting, opt-out notice and first question take up to 30 s in
 * either language at 150 words a minute, and the wait for an answer 6 s. A customer who stayed longer did not hang up
 * on the first words.
 */
export const MAX_EARLY_HANG_UP_SECONDS = 40;

/** The called network's final response is a failure from this code on (RFC 3261, section 21). */
const SIP_FAILURE = 400;

/**
 * Whether the customer ended a completed call before they answered the first question.
 *
 * The guarantee behind `hung_up_early` is that the customer is not called again the same day without need. The
 * guarantee behind `dropped` is that a customer is called back soon when we or the carrier failed. A failure must
 * therefore never count as a hang-up, and each of these facts must be known:
 *
 * - The first question was asked, and no answer to it was taken. Without a conversation there is no proof that the
 *   customer heard us: the first webhook may have failed.
 * - No answering machine and no fax was detected. A machine that hangs up before it is detected counts as a person.
 * - No failure is known, we did not end the call, and the carrier reported the end unasked. Where we had to ask for the
 *   end, our webhooks may have been unreachable during the call as well.
 * - The call lasted `MAX_EARLY_HANG_UP_SECONDS` at most.
 *
 * Two cases cannot be distinguished from a hang-up. Twilio's status callback does not report who hung up (only Voice
 * Insights does, minutes later and as a paid feature), so a line that broke in the network during the first words
 * counts as a hang-up: the customer is called later than possible, but never more often. The same applies to a process
 * that died while it handled the first answer, if another replica received the report of the end and the fallback URL
 * is served elsewhere.
 */
export function isEarlyHangUp(facts: CallFacts): boolean {
  const { firstQuestion, answeredBy, interrupted, endReported, sipResponseCode } = facts;
  if (firstQuestion !== 'open' || answeredBy === 'machine' || answeredBy === 'fax') return false;
  if (interrupted || !endReported || (sipResponseCode ?? 0) >= SIP_FAILURE) return false;
  const seconds = talkSeconds(facts);
  return seconds !== null && seconds <= MAX_EARLY_HANG_UP_SECONDS;
}

/** Seconds from answer to end: as the carrier reports it, or else from the times of its reports; `null` if unknown. */
function talkSeconds({ durationSeconds, answeredAt, endedAt }: CallFacts): number | null {
  if (durationSeconds !== null) return durationSeconds;
  if (answeredAt === null || endedAt === null) return null;
  return (Date.parse(endedAt) - Date.parse(answeredAt)) / 1000;
}
