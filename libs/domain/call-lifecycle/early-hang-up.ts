import type { CallFacts } from './types.js';

/**
 * The maximum time from answer to end, in seconds. Greeting, opt-out notice and first question take up to 30 s in
 * either language at 150 words a minute, and the wait for an answer 6 s. A customer who stayed longer did not hang up
 * on the first words.
 */
export const MAX_EARLY_HANG_UP_SECONDS = 40;

/** Final SIP responses of the called network from this code on are failures (RFC 3261, section 21). */
const MIN_SIP_FAILURE_CODE = 400;

/**
 * Whether the customer ended a completed call before they answered the first question.
 *
 * After `hung_up_early`, the customer is by default not called again the same day. After `dropped`, the customer is
 * called again soon, because DelAuto or the carrier failed. A failure must therefore never be classified as a hang-up,
 * and each of these conditions must hold:
 *
 * - The first question was asked, and no answer to it was taken. Without a conversation, nothing proves that the
 *   customer heard anything: the first webhook may have failed.
 * - No answering machine and no fax was detected. A machine that hangs up before it is detected is treated as a
 *   person.
 * - No failure is known, DelAuto did not end the call, and the carrier reported the end without being polled. If the
 *   end had to be polled, DelAuto's webhooks may have been unreachable during the call as well.
 * - The call lasted `MAX_EARLY_HANG_UP_SECONDS` at most.
 *
 * Two cases cannot be distinguished from a hang-up. Twilio's status callback does not report who hung up (only Voice
 * Insights does, minutes later and as a paid feature), so a line that broke in the network during the first words is
 * classified as a hang-up: the customer is called later than possible, but never more often. The same applies to a
 * process that crashed while it handled the first answer, if another replica received the report of the end and the
 * fallback URL is served by another host.
 */
export function isEarlyHangUp(facts: CallFacts): boolean {
  const { firstQuestion, answeredBy, interrupted, endReported, sipResponseCode } = facts;
  if (firstQuestion !== 'open' || answeredBy === 'machine' || answeredBy === 'fax') return false;
  if (interrupted || !endReported || (sipResponseCode ?? 0) >= MIN_SIP_FAILURE_CODE) return false;
  const seconds = getTalkSeconds(facts);
  return seconds !== null && seconds <= MAX_EARLY_HANG_UP_SECONDS;
}

/** Seconds from answer to end: as the carrier reports it, or else from the times of its reports; `null` if unknown. */
function getTalkSeconds({ durationSeconds, answeredAt, endedAt }: CallFacts): number | null {
  if (durationSeconds !== null) return durationSeconds;
  if (answeredAt === null || endedAt === null) return null;
  return (Date.parse(endedAt) - Date.parse(answeredAt)) / 1000;
}
