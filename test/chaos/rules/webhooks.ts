import { apiDelivery, type DeliveryEvidence, type Evidence } from '../evidence/evidence.js';
import { standingFacts } from '../personas/fact.js';
import type { ReceivedWebhook } from '../witnesses/webhook-sink.js';
import { expectedStates } from './deliveries.js';
import { about, clock, type Rule, type Violation } from './violation.js';

/** A delivery goes through these once; another would be the same fact under a new id. */
const ONCE = new Set(['delivery.rescheduled', 'delivery.refused', 'customer.opted_out']);

/** The partner hears of every fact, once by its id, in order, by signed webhooks. */
export const webhooksRule: Rule = {
  number: 6,
  title: 'webhooks: every fact, once, in order, signed',
  judge: (evidence) => [...unsigned(evidence), ...evidence.deliveries.flatMap((one) => judgeOne(one, evidence))],
};

function unsigned({ webhooks }: Evidence): Violation[] {
  return webhooks
    .filter(({ signatureValid }) => !signatureValid)
    .map(({ webhookId, receivedAt }) => ({
      damage: 'unlawful',
      sentence: `Webhook ${webhookId} of ${clock(receivedAt)} has no valid signature.`,
    }));
}

/** A try that is due should have been made by now. */
const OVERDUE_MS = 20_000;

function judgeOne(delivery: DeliveryEvidence, evidence: Evidence): Violation[] {
  const { webhooks } = evidence;
  const id = apiDelivery(delivery)?.deliveryId;
  if (id === undefined) return [];
  const accepted = webhooks.filter(({ data, accepted: taken }) => data['deliveryId'] === id && taken);
  const firsts = [...Map.groupBy(accepted, ({ webhookId }) => webhookId).values()].flatMap(([first]) => first ?? []);
  return [
    ...missing(delivery, firsts, comingTypes(id, evidence)),
    ...doubled(delivery, firsts),
    ...disordered(delivery, firsts),
  ];
}

/** Types that are not lost but late: their next try, or that of the one before them, lies ahead. */
function comingTypes(deliveryId: string, { waitingWebhooks, at }: Evidence): Set<string> {
  const own = waitingWebhooks.filter((one) => one.deliveryId === deliveryId);
  const isLate = own.some(({ nextTryAt }) => nextTryAt !== undefined && Date.parse(nextTryAt) > at - OVERDUE_MS);
  return new Set(isLate ? own.map(({ type }) => type) : []);
}

function missing(
  delivery: DeliveryEvidence,
  received: readonly ReceivedWebhook[],
  coming: ReadonlySet<string>,
): Violation[] {
  const [certain = '', ...possible] = expectedStates(delivery);
  const seenState = apiDelivery(delivery)?.state ?? '';
  const state = possible.includes(seenState) ? seenState : certain;
  const optedOut = standingFacts(delivery.given).some(({ field }) => field === 'optOut');
  const expected = [
    ...(state === 'acknowledged' ? ['delivery.assigned', 'delivery.acknowledged'] : [`delivery.${state}`]),
    ...(optedOut ? ['customer.opted_out'] : []),
  ];
  const types = new Set(received.map(({ type }) => type));
  return expected
    .filter((type) => !types.has(type) && !coming.has(type))
    .map((type) => {
      const seen = [...types].join(', ') || 'none';
      return about(delivery, 'lost', `The partner must be sent ${type}, and accepted only: ${seen}.`);
    });
}

function doubled(delivery: DeliveryEvidence, received: readonly ReceivedWebhook[]): Violation[] {
  const factOf = ({ type, data }: ReceivedWebhook): string =>
    ONCE.has(type) ? type : `${type} ${String(data['sequence'])}`;
  return [...Map.groupBy(received, factOf)].flatMap(([fact, same]) => {
    if (same.length < 2) return [];
    const ids = same.map(({ webhookId, receivedAt }) => `${webhookId} at ${clock(receivedAt)}`).join(', ');
    return [about(delivery, 'doubled', `The partner was told “${fact}” under ${same.length} ids: ${ids}.`)];
  });
}

/** Sequences ascend within a delivery; a customer's facts have a count of their own. */
function disordered(delivery: DeliveryEvidence, received: readonly ReceivedWebhook[]): Violation[] {
  const ordered = received.filter(({ type }) => type.startsWith('delivery.'));
  return ordered.slice(1).flatMap((webhook, index) => {
    const before = ordered[index];
    if (before === undefined || Number(before.data['sequence']) < Number(webhook.data['sequence'])) return [];
    const sentence =
      `The partner accepted ${webhook.type} (sequence ${String(webhook.data['sequence'])}) at ${clock(webhook.receivedAt)} ` +
      `after ${before.type} (sequence ${String(before.data['sequence'])}).`;
    return [about(delivery, 'disordered', sentence)];
  });
}
