import type { CarrierText } from '../witnesses/carrier-ledger.js';
import type { DeliveryEvidence, Evidence } from '../evidence/evidence.js';
import { toViolation, formatClock, type Rule, type Violation } from './violation.js';

/** A call that the carrier already had when the customer pressed 9 continues. */
const OPT_OUT_GRACE_MS = 2_000;

/** No text is sent twice, and after an opt-out no call is dialed and no text sent. */
export const textsRule: Rule = {
  number: 7,
  title: 'texts: none twice, and none after an opt-out',
  judge: (evidence) => [
    ...findRepeatedTexts(evidence),
    ...evidence.deliveries.flatMap((delivery) => findContactsAfterOptOut(delivery, evidence)),
  ],
};

function findRepeatedTexts({ ledger, deliveries }: Evidence): Violation[] {
  const outboundTexts = ledger.texts.filter(({ direction }) => direction === 'outbound-api');
  return [...Map.groupBy(outboundTexts, ({ to, body }) => `${to}\n${body}`).values()].flatMap((repeatedTexts) => {
    const [first] = repeatedTexts;
    if (first === undefined || repeatedTexts.length < 2) return [];
    const sentence = `“${first.body}” was sent to ${first.to} ${repeatedTexts.length} times: ${formatTexts(repeatedTexts)}.`;
    const delivery = deliveries.find(({ plan }) => plan.phone === first.to);
    return [delivery ? toViolation(delivery, 'doubled', sentence) : { damage: 'doubled', sentence }];
  });
}

function findContactsAfterOptOut(delivery: DeliveryEvidence, { ledger }: Evidence): Violation[] {
  const { phone } = delivery.plan;
  const optedOut = delivery.given.filter(({ field }) => field === 'optOut').map(({ at }) => at);
  if (optedOut.length === 0) return [];
  const since = Math.min(...optedOut) + OPT_OUT_GRACE_MS;
  const calls = ledger.calls.filter(
    ({ to, direction, createdAt }) => to === phone && direction === 'outbound-api' && createdAt > since,
  );
  const texts = ledger.texts.filter(
    ({ to, direction, at }) => to === phone && direction === 'outbound-api' && at > since,
  );
  const when = `after the opt-out of ${formatClock(Math.min(...optedOut))}`;
  return [
    ...calls.map(({ callSid, createdAt }) =>
      toViolation(delivery, 'unlawful', `Call ${callSid} was placed at ${formatClock(createdAt)}, ${when}.`),
    ),
    // One text may confirm the opt-out.
    ...texts
      .slice(1)
      .map(({ messageSid, at, body }) =>
        toViolation(delivery, 'unlawful', `Text ${messageSid} was sent at ${formatClock(at)}, ${when}: “${body}”.`),
      ),
  ];
}

const formatTexts = (texts: readonly CarrierText[]): string =>
  texts.map(({ messageSid, at }) => `${messageSid} at ${formatClock(at)}`).join(', ');
