import { apiDelivery, type DeliveryEvidence, type Evidence } from '../evidence/evidence.js';
import { effectiveFacts } from '../personas/fact.js';
import type { ReceivedWebhook } from '../witnesses/webhook-sink.js';
import { expectedStates } from './deliveries.js';
import { toViolation, formatClock, type Rule, type Violation } from './violation.js';

/** Types that occur at most once per delivery: a second webhook would repeat the fact under a new id. */
const TYPES_SENT_ONCE = new Set(['delivery.rescheduled', 'delivery.refused', 'customer.opted_out']);

/** The partner is notified of every fact, once by its id, in order, by signed webhooks. */
export const webhooksRule: Rule = {
  number: 6,
  title: 'webhooks: every fact, once, in order, signed',
  judge: (evidence) => [...findUnsigned(evidence), ...evidence.deliveries.flatMap((one) => judgeOne(one, evidence))],
};

function findUnsigned({ webhooks }: Evidence): Violation[] {
  return webhooks
    .filter(({ signatureValid }) => !signatureValid)
    .map(({ webhookId, receivedAt }) => ({
      damage: 'unlawful',
      sentence: `Webhook ${webhookId} of ${formatClock(receivedAt)} has no valid signature.`,
    }));
}

/** An attempt that has been due for this long should have been made by now. */
const OVERDUE_MS = 20_000;

function judgeOne(delivery: DeliveryEvidence, evidence: Evidence): Violation[] {
  const { webhooks } = evidence;
  const id = apiDelivery(delivery)?.deliveryId;
  if (id === undefined) return [];
  const accepted = webhooks.filter(({ data, accepted: isAccepted }) => data['deliveryId'] === id && isAccepted);
  const firsts = [...Map.groupBy(accepted, ({ webhookId }) => webhookId).values()].flatMap(([first]) => first ?? []);
  return [
    ...findMissing(delivery, firsts, findPendingTypes(id, evidence)),
    ...findDuplicates(delivery, firsts),
    ...findDisordered(delivery, firsts),
  ];
}

/** Types that are late and not lost: an attempt for them, or for the webhook before them, is still due. */
function findPendingTypes(deliveryId: string, { waitingWebhooks, at }: Evidence): Set<string> {
  const waiting = waitingWebhooks.filter((one) => one.deliveryId === deliveryId);
  const isLate = waiting.some(({ nextTryAt }) => nextTryAt !== undefined && Date.parse(nextTryAt) > at - OVERDUE_MS);
  return new Set(isLate ? waiting.map(({ type }) => type) : []);
}

function findMissing(
  delivery: DeliveryEvidence,
  received: readonly ReceivedWebhook[],
  pendingTypes: ReadonlySet<string>,
): Violation[] {
  const [certain = '', ...possible] = expectedStates(delivery);
  const seenState = apiDelivery(delivery)?.state ?? '';
  const state = possible.includes(seenState) ? seenState : certain;
  const optedOut = effectiveFacts(delivery.given).some(({ field }) => field === 'optOut');
  const expected = [
    ...(state === 'acknowledged' ? ['delivery.assigned', 'delivery.acknowledged'] : [`delivery.${state}`]),
    ...(optedOut ? ['customer.opted_out'] : []),
  ];
  const types = new Set(received.map(({ type }) => type));
  return expected
    .filter((type) => !types.has(type) && !pendingTypes.has(type))
    .map((type) => {
      const seen = [...types].join(', ') || 'none';
      return toViolation(delivery, 'lost', `The partner must be sent ${type}, and accepted only: ${seen}.`);
    });
}

function findDuplicates(delivery: DeliveryEvidence, received: readonly ReceivedWebhook[]): Violation[] {
  const toFact = ({ type, data }: ReceivedWebhook): string =>
    TYPES_SENT_ONCE.has(type) ? type : `${type} ${String(data['sequence'])}`;
  return [...Map.groupBy(received, toFact)].flatMap(([fact, duplicates]) => {
    if (duplicates.length < 2) return [];
    const ids = duplicates.map(({ webhookId, receivedAt }) => `${webhookId} at ${formatClock(receivedAt)}`).join(', ');
    return [
      toViolation(delivery, 'doubled', `The partner was notified of “${fact}” under ${duplicates.length} ids: ${ids}.`),
    ];
  });
}

/** Sequences ascend within a delivery; a customer's facts have a separate sequence. */
function findDisordered(delivery: DeliveryEvidence, received: readonly ReceivedWebhook[]): Violation[] {
  const ordered = received.filter(({ type }) => type.startsWith('delivery.'));
  return ordered.slice(1).flatMap((webhook, index) => {
    const previous = ordered[index];
    if (previous === undefined || Number(previous.data['sequence']) < Number(webhook.data['sequence'])) return [];
    const sentence =
      `The partner accepted ${webhook.type} (sequence ${String(webhook.data['sequence'])}) at ${formatClock(webhook.receivedAt)} ` +
      `after ${previous.type} (sequence ${String(previous.data['sequence'])}).`;
    return [toViolation(delivery, 'disordered', sentence)];
  });
}
