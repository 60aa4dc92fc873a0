import type { PartnerWebhook } from '#libs/contracts/index.js';
import type { CustomerDocument } from '../../apps/routing/src/customers/customers.module.js';
import type { DeliveryDocument } from '../../apps/routing/src/deliveries/deliveries.module.js';
import type { InboxMessageDocument } from '../../apps/notifications/src/messages/messages.module.js';
import type { SearchFactsDocument } from '../../apps/transcription/src/search-index/search-index.module.js';
import type { TimelineEntryDocument } from '../../apps/analytics/src/timeline/timeline.module.js';
import type { WebhookDeliveryDocument } from '../../apps/notifications/src/webhook-deliveries/webhook-deliveries.module.js';
import type { MemoryApp } from './memory/memory-app.js';

/** The final state of a delivery in all apps; it must not depend on the order in which events arrived. */
export interface Outcome {
  readonly delivery: object;
  readonly doNotCall: boolean;
  /** The attempts that were requested. */
  readonly attempts: readonly string[];
  readonly webhooks: readonly object[];
  readonly timeline: readonly string[];
  /** The facts of calls that transcription stores, and the recordings and texts that it still processes. */
  readonly transcription: readonly object[];
}

/** The fields of a delivery that must be equal in all runs. */
const COMPARED_FIELDS = [
  'state',
  'window',
  'instructions',
  'transcript',
  'recordingId',
  'customerReached',
  'contactOutcome',
  'attempts',
  'unrungAttempts',
  'openAttemptId',
] as const;

export interface Apps {
  readonly routing: MemoryApp;
  readonly notifications: MemoryApp;
  readonly analytics: MemoryApp;
  readonly transcription: MemoryApp;
}

export function toOutcome({ routing, notifications, analytics, transcription }: Apps): Outcome {
  const delivery = getOnlyDelivery(routing);
  const [customer] = routing.documents<CustomerDocument>('Customer');
  const timeline = analytics.documents<TimelineEntryDocument>('TimelineEntry');
  return {
    delivery: {
      ...Object.fromEntries(COMPARED_FIELDS.map((field) => [field, delivery[field]])),
      confirmation: toComparedConfirmation(delivery),
    },
    doNotCall: customer?.doNotCall ?? false,
    attempts: timeline.filter(({ event }) => event === 'routing.call.requested').map(({ text }) => text),
    webhooks: toFinalWebhooks(notifications.documents<WebhookDeliveryDocument>('WebhookDelivery'), hasAgent(delivery)),
    timeline: toTimeline(timeline),
    transcription: toTranscriptionState(transcription),
  };
}

/** Returns the confirmation without the times at which the customer was asked, which depend on delays. */
function toComparedConfirmation({ confirmation }: DeliveryDocument): object | undefined {
  if (!confirmation) return undefined;
  const { askedAt: _askedAt, heldUntil: _heldUntil, ...compared } = confirmation;
  return compared;
}

/**
 * Lists the facts of a delivery of which its agent was not notified.
 *
 * @returns Sentences; empty if the agent was notified of everything, or if no agent has the delivery.
 */
export function findMissingAgentKnowledge({ routing, notifications }: Apps): string[] {
  const delivery = getOnlyDelivery(routing);
  const { agentId, instructions, transcript, recordingId } = delivery;
  if (!hasAgent(delivery)) return [];
  const messages = notifications.documents<InboxMessageDocument>('InboxMessage');
  const newest = messages.filter((one) => one.agentId === agentId).sort((a, b) => b.sequence - a.sequence)[0];
  // A recording without instructions, such as a voicemail, needs no notification: the agent finds it with the delivery.
  if (newest && !instructions) return [];
  if (!newest) return [`${agentId} has ${delivery._id} but received no message`];
  const current = { instructions, transcript, recordingId };
  const differing = (Object.keys(current) as (keyof typeof current)[]).filter(
    (field) => JSON.stringify(sortKeys(current[field])) !== JSON.stringify(sortKeys(newest[field])),
  );
  return differing.map(
    (field) =>
      `${field}: the agent knows ${JSON.stringify(newest[field])}, but it is ${JSON.stringify(current[field])}`,
  );
}

export function getOnlyDelivery(routing: MemoryApp): DeliveryDocument {
  const [delivery, ...others] = routing.documents<DeliveryDocument>('Delivery');
  if (!delivery || others.length > 0) throw new Error('The simulation has exactly one delivery.');
  return delivery;
}

const hasAgent = ({ state }: DeliveryDocument): boolean =>
  ['assigned', 'acknowledged', 'out_for_delivery'].includes(state);

/**
 * The last webhook of each kind that the partner received. Reversed facts and superseded webhooks are omitted. Whether
 * an agent had the delivery, and acknowledged it, before the customer decided otherwise depends on seconds and is
 * omitted, too.
 */
function toFinalWebhooks(webhooks: readonly WebhookDeliveryDocument[], isWithAgent: boolean): object[] {
  const inOrder = webhooks
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(({ body }) => JSON.parse(body) as PartnerWebhook);
  const webhookByType = new Map<string, object>();
  for (const { type, data } of inOrder) {
    if (type === 'delivery.reinstated') {
      webhookByType.delete('delivery.refused');
      webhookByType.delete('delivery.rescheduled');
      continue;
    }
    if (type === 'delivery.refused') webhookByType.delete('delivery.rescheduled');
    const {
      sequence: _sequence,
      agentId: _agentId,
      agentName: _agentName,
      ...facts
    } = data as unknown as Record<string, unknown>;
    // An assignment contains what was known when it was made; the agent receives the rest later, see
    // `findMissingAgentKnowledge`.
    webhookByType.set(type, type === 'delivery.assigned' ? {} : facts);
  }
  if (!isWithAgent) for (const type of ['delivery.assigned', 'delivery.acknowledged']) webhookByType.delete(type);
  return [...webhookByType].map(([type, facts]) => ({ type, ...facts })).sort((a, b) => (a.type < b.type ? -1 : 1));
}

function toTranscriptionState(transcription: MemoryApp): object[] {
  const calls = transcription
    .documents<SearchFactsDocument>('searchFacts')
    .filter(({ _id }) => _id.startsWith('attempt/'))
    .map(({ _id, facts }) => ({ _id, ...facts }));
  const waiting = ['transcripts', 'waitingTexts'].flatMap((name) =>
    transcription.documents<{ _id: string }>(name).map(({ _id }) => ({ _id })),
  );
  return [...calls, ...waiting].sort((a, b) => (a._id < b._id ? -1 : 1));
}

/** Entries that follow from external facts. `findMissingAgentKnowledge` checks the agent's notifications. */
const EXTERNAL_EVENTS = /^(telephony|transcription)\./;

const toTimeline = (timeline: readonly TimelineEntryDocument[]): string[] =>
  timeline
    .filter(({ event }) => EXTERNAL_EVENTS.test(event))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.sequence - b.sequence || (a._id < b._id ? -1 : 1))
    // A process that crashes while placing a call places it some seconds later.
    .map(({ text }) => text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '…'));

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sortKeys(one)]),
  );
}
