import type { CarrierCall } from '../witnesses/carrier-ledger.js';
import { apiDelivery, type DeliveryEvidence, type Evidence } from '../evidence/evidence.js';
import { MAX_ATTEMPTS } from '../seeding/organizations.js';
import { toViolation, formatClock, type Rule, type Violation } from './violation.js';

/** Every call that was dropped midway is retried, as long as attempts are left and nothing else ended the plan. */
export const droppedCallsRule: Rule = {
  number: 3,
  title: 'dropped calls: retried while attempts are left',
  judge: (evidence) => evidence.deliveries.flatMap((delivery) => judgeOne(delivery, evidence)),
};

function judgeOne(delivery: DeliveryEvidence, { ledger }: Evidence): Violation[] {
  const { phone } = delivery.plan;
  const placedCalls = ledger.calls
    .filter(({ direction, to }) => direction === 'outbound-api' && to === phone)
    .toSorted((one, other) => one.createdAt - other.createdAt);
  const last = placedCalls.at(-1);
  if (last === undefined || placedCalls.length >= MAX_ATTEMPTS) return [];
  const api = delivery.calls.find(({ carrierCallId }) => carrierCallId === last.callSid);
  const isDropped = api?.outcome === 'dropped' || isDroppedUnrecorded(last, delivery);
  if (!isDropped || hasPlanEnded(delivery, ledger.calls, last)) return [];
  const heard = last.heard.at(-1)?.text ?? 'nothing';
  return [
    toViolation(
      delivery,
      'lost',
      `Call ${last.callSid} broke off at ${formatClock(last.endedAt)} (the API says ${api?.outcome ?? 'nothing'}, ended by ` +
        `${last.endedBy ?? 'unknown'}, heard last: “${heard.slice(0, 60)}”) as call ${placedCalls.length} of ` +
        `${MAX_ATTEMPTS}, and no further call was made.`,
    ),
  ];
}

/**
 * Whether a person answered, the product ended the call without a goodbye, and the API shows no instructions.
 */
function isDroppedUnrecorded(call: CarrierCall, delivery: DeliveryEvidence): boolean {
  if (call.answeredAt === undefined || call.isMachine === true || call.endedBy === 'customer') return false;
  const saidGoodbye = call.heard.some(
    ({ text }) => /goodbye|adiós/iu.test(text) && !/cannot go on|no podemos/iu.test(text),
  );
  return !saidGoodbye && apiDelivery(delivery)?.instructions === undefined;
}

/** Whether the customer opted out, or replied in the meantime by an inbound callback or a text. */
function hasPlanEnded(delivery: DeliveryEvidence, calls: readonly CarrierCall[], last: CarrierCall): boolean {
  const { given, uncertain, plan } = delivery;
  const state = apiDelivery(delivery)?.state ?? '';
  if (state === 'refused' || state === 'rescheduled' || state === 'canceled') return true;
  const after = last.createdAt;
  const hasCalledBack = calls.some(({ from, createdAt }) => from === plan.phone && createdAt > after);
  return (
    hasCalledBack ||
    [...given, ...uncertain].some(({ field, evidence }) => field === 'optOut' || evidence.startsWith('texted'))
  );
}
