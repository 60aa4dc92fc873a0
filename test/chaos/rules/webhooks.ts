import { apiDelivery, type DeliveryEvidence, type Evidence } from '../evidence/evidence.js';
import { effectiveFacts } from '../personas/fact.js';
import type { ReceivedWebhook } from '../witnesses/webhook-sink.js';
import { expectedStates } from './deliveries.js';
import { violationOf, formatClock, type Rule, type Violation } from './violation.js';

/** A delivery goes through these once; a second one would be the same fact under a new id. */
const ONCE = new Set(['delivery.rescheduled', 'delivery.refused', 'customer.opted_out']);

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

/** Types that are late and not lost: their next attempt, or that of the webhook before them, is still to come. */
function findPendingTypes(deliveryId: string, { waitingWebhooks, at }: Evidence): Set<string> {
  const own = waitingWebhooks.filter((one) => one.deliveryId === deliveryId);
  const isLate = own.some(({ nextTryAt }) => nextTryAt !== undefined && Date.parse(nextTryAt) > at - OVERDUE_MS);
  return new Set(isLate ? own.map(({ type }) => type) : []);
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
      return violationOf(delivery, 'lost', `The partner must be sent ${type}, and accepted only: ${seen}.`);
    });
}

function findDuplicates(delivery: DeliveryEvidence, received: readonly ReceivedWebhook[]): Violation[] {
  const toFact = ({ type, data }: ReceivedWebhook): string =>
    ONCE.has(type) ? type : `${type} ${String(data['sequence'])}`;
  return [...Map.groupBy(received, toFact)].flatMap(([fact, same]) => {
    if (same.length < 2) return [];
    const ids = same.map(({ webhookId, receivedAt }) => `${webhookId} at ${formatClock(receivedAt)}`).join(', ');
    return [
      violationOf(delivery, 'doubled', `The partner was notified of “${fact}” under ${same.length} ids: ${ids}.`),
    ];
  });
}

/** Sequences ascend within a delivery; a customer's facts have their own sequence. */
function findDisordered(delivery: DeliveryEvidence, received: readonly ReceivedWebhook[]): Violation[] {
  const ordered = received.filter(({ type }) => type.startsWith('delivery.'));
  return ordered.slice(1).flatMap((webhook, index) => {
    const before = ordered[index];
    if (before === undefined || Number(before.data['sequence']) < Number(webhook.data['sequence'])) return [];
    const sentence =
      `The partner accepted ${webhook.type} (sequence ${String(webhook.data['sequence'])}) at ${formatClock(webhook.receivedAt)} ` +
      `after ${before.type} (sequence ${String(before.data['sequence'])}).`;
    return [violationOf(delivery, 'disordered', sentence)];
  });
}
