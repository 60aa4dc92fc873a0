import type { CarrierCall } from '../witnesses/carrier-ledger.js';
import type { DeliveryEvidence, Evidence } from '../evidence/evidence.js';
import { localMinute } from '../support/places.js';
import { MAX_ATTEMPTS } from '../seeding/organizations.js';
import { toViolation, formatClock, type Rule, type Violation } from './violation.js';

/**
 * 47 CFR 64.1200(c)(1): no call before 8:00 or after 21:00, in the called party's local time. Minutes after midnight.
 */
const LAWFUL_MINUTES = { from: 8 * 60, until: 21 * 60 };

/** No customer is dialed twice for one attempt, while a call to them is open, too often, or at an unlawful hour. */
export const dialingRule: Rule = {
  number: 1,
  title: 'dialing: once per attempt, one call at a time, within the limit, at lawful hours',
  judge: (evidence) => evidence.deliveries.flatMap((delivery) => judgePhone(delivery, evidence)),
};

function judgePhone(delivery: DeliveryEvidence, evidence: Evidence): Violation[] {
  const { phone } = delivery.plan;
  const placedCalls = evidence.ledger.calls
    .filter(({ direction, to }) => direction === 'outbound-api' && to === phone)
    .toSorted((one, other) => one.createdAt - other.createdAt);
  const customerCalls = evidence.ledger.calls.filter(({ to, from }) => to === phone || from === phone);
  return [
    ...findRepeatedDials(delivery, placedCalls),
    ...findOverlaps(delivery, customerCalls),
    ...findExcessCalls(delivery, placedCalls),
    ...placedCalls.flatMap((call) => findUnlawfulRings(delivery, call, evidence)),
  ];
}

function findRepeatedDials(delivery: DeliveryEvidence, placedCalls: readonly CarrierCall[]): Violation[] {
  const byAttempt = Map.groupBy(placedCalls, ({ attemptId }) => attemptId ?? 'without a mark');
  return [...byAttempt].flatMap(([attempt, calls]) =>
    calls.length < 2
      ? []
      : [
          toViolation(
            delivery,
            'doubled',
            `Attempt ${attempt} must be dialed once, and was dialed ${calls.length} times: ${formatCalls(calls)}.`,
          ),
        ],
  );
}

function findOverlaps(delivery: DeliveryEvidence, calls: readonly CarrierCall[]): Violation[] {
  const dialed = calls
    .filter(({ direction, startedAt }) => direction === 'outbound-api' && startedAt !== undefined)
    .toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
  return dialed.flatMap((call, index) => {
    const openCall = dialed.slice(0, index).find(({ endedAt = Infinity }) => endedAt > (call.startedAt ?? 0));
    if (!openCall) return [];
    const sentence =
      `${delivery.plan.phone} was dialed at ${formatClock(call.startedAt)} (call ${call.callSid}) while call ` +
      `${openCall.callSid} of ${formatClock(openCall.startedAt)} was open until ${formatClock(openCall.endedAt)}.`;
    return [toViolation(delivery, 'doubled', sentence)];
  });
}

function findExcessCalls(delivery: DeliveryEvidence, placedCalls: readonly CarrierCall[]): Violation[] {
  if (placedCalls.length <= MAX_ATTEMPTS) return [];
  const sentence = `At most ${MAX_ATTEMPTS} calls are allowed, and ${placedCalls.length} were placed: ${formatCalls(placedCalls)}.`;
  return [toViolation(delivery, 'doubled', sentence)];
}

function findUnlawfulRings(delivery: DeliveryEvidence, call: CarrierCall, evidence: Evidence): Violation[] {
  const { plan } = delivery;
  const rangAt = call.rangAt ?? call.startedAt;
  if (rangAt === undefined) return [];
  const organization = evidence.organizations.find(({ key }) => key === plan.organization);
  const from = Math.max(LAWFUL_MINUTES.from, organization?.callsFromMinute ?? LAWFUL_MINUTES.from);
  const until = Math.min(LAWFUL_MINUTES.until, organization?.callsUntilMinute ?? LAWFUL_MINUTES.until);
  const minute = localMinute(rangAt, plan.zone);
  if (minute >= from && minute < until && plan.persona.neverCalled !== true) return [];
  const sentence =
    `Call ${call.callSid} rang at ${formatMinute(minute)} in ${plan.zone} (${formatClock(rangAt)}); ` +
    `allowed is ${plan.persona.neverCalled ? 'no call at all' : `${formatMinute(from)} to ${formatMinute(until)}`}.`;
  return [toViolation(delivery, 'unlawful', sentence)];
}

const formatCalls = (calls: readonly CarrierCall[]): string =>
  calls.map(({ callSid, createdAt }) => `${callSid} at ${formatClock(createdAt)}`).join(', ');

const formatMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(Math.floor(minute % 60)).padStart(2, '0')}`;
