import {
  CallCompleted,
  CallPlaced,
  CallRequested,
  DeliveryAcknowledged,
  DeliveryAssigned,
  InboxMessageAcknowledged,
  InboxMessageAdded,
  InstructionsExtracted,
  RecordingStored,
  RecordingTranscribed,
} from '#libs/contracts/index.js';
import { RPC_ERROR_CODES, type EventContract, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import { listReferences, type DeliveryRun } from './deliver.js';

const MAX_SENTENCES = 5;
const RETRYABLE_CODES: readonly string[] = [RPC_ERROR_CODES.deadlineExceeded, RPC_ERROR_CODES.unavailable];

/**
 * Lists every violated guarantee of a run: lost or duplicated events, customers called twice. The list is empty if
 * nothing was violated.
 */
export function findErrors(run: DeliveryRun): string[] {
  return [
    ...findEventErrors(run),
    ...run.agents.flatMap((agent) => findAgentErrors(agent, run.events)),
    ...findCarrierErrors(run),
    ...findPartnerErrors(run),
    ...(run.wasQuiet ? [] : ['the partner, the figures and the carrier did not finish in time']),
    ...(run.deadLetters === 0 ? [] : [`${run.deadLetters} events are dead letters`]),
  ];
}

/**
 * Each delivery is assigned and acknowledged exactly once, each attempt is placed and completed exactly once, each
 * recording is transcribed exactly once, and no aggregate's sequence has a gap or a duplicate.
 */
function findEventErrors({ events, deliveryIds }: DeliveryRun): string[] {
  const attempts = filterEvents(CallRequested, events).map(({ payload }) => payload.attemptId);
  const recordings = filterEvents(RecordingStored, events).map(({ payload }) => payload.recordingId);
  const onceEach = [
    ...findNotExactlyOnce(deliveryIds, DeliveryAssigned, events, ({ deliveryId }) => deliveryId),
    ...findNotExactlyOnce(deliveryIds, DeliveryAcknowledged, events, ({ deliveryId }) => deliveryId),
    ...findNotExactlyOnce(attempts, CallPlaced, events, ({ attemptId }) => attemptId),
    ...findNotExactlyOnce(attempts, CallCompleted, events, ({ attemptId }) => attemptId),
    ...findNotExactlyOnce(recordings, RecordingTranscribed, events, ({ recordingId }) => recordingId),
    ...findNotExactlyOnce(recordings, InstructionsExtracted, events, ({ recordingId = '' }) => recordingId),
  ];
  const recorded = new Set(filterEvents(RecordingStored, events).map(({ payload }) => payload.deliveryId));
  const unrecorded = summarize(
    deliveryIds.filter((id) => !recorded.has(id)),
    (id) => `delivery ${id} has no recording`,
  );
  // Grouped by the app in the subject and not by the aggregate type there, because a delivery's events include
  // `routing.call.requested`.
  const byAggregate = Map.groupBy(
    events,
    ({ subject, aggregateId }) => `${subject.split('.')[0] ?? ''} ${aggregateId}`,
  );
  const gaps = summarize(
    [...byAggregate].filter(([, aggregateEvents]) => !isGapless(aggregateEvents.map(({ sequence }) => sequence))),
    ([aggregate, aggregateEvents]) =>
      `the sequence of ${aggregate} is ${aggregateEvents.map(({ sequence }) => sequence).join(', ')}`,
  );
  return [...onceEach, ...unrecorded, ...gaps];
}

/** There must be exactly one event for each id, and none for an unknown id. */
function findNotExactlyOnce<P extends object>(
  ids: readonly string[],
  contract: EventContract<P>,
  events: readonly EventEnvelope[],
  getId: (payload: P) => string,
): string[] {
  const counts = countBy(filterEvents(contract, events), ({ payload }) => getId(payload));
  return summarize(
    [...new Set([...ids, ...counts.keys()])].filter((id) => counts.get(id) !== 1 || !ids.includes(id)),
    (id) => `${contract.subject}: ${counts.get(id) ?? 0} times for ${id}`,
  );
}

/**
 * The agent's application must have exactly the messages that were added to the inbox, in a gapless sequence, all
 * acknowledged.
 */
function findAgentErrors(
  { agentId, received, acknowledged, clashes, refusals }: DeliveryRun['agents'][number],
  events: readonly EventEnvelope[],
): string[] {
  const addedEvents = filterEvents(InboxMessageAdded, events).filter(({ payload }) => payload.agentId === agentId);
  const acknowledgedEvents = filterEvents(InboxMessageAcknowledged, events).filter(
    ({ payload }) => payload.agentId === agentId,
  );
  const label = `agent ${agentId}`;
  return [
    ...(isGapless([...received.keys()]) ? [] : [`${label} misses a message in the sequence`]),
    ...(received.size === addedEvents.length
      ? []
      : [`${label} has ${received.size} of ${addedEvents.length} messages`]),
    ...(acknowledged.size === received.size
      ? []
      : [`${label} could acknowledge ${acknowledged.size} of ${received.size} messages`]),
    ...(new Set(acknowledgedEvents.map(({ payload }) => payload.messageId)).size === acknowledgedEvents.length &&
    acknowledgedEvents.length === addedEvents.length
      ? []
      : [`${label}: ${acknowledgedEvents.length} acknowledgements of ${addedEvents.length} messages were published`]),
    ...summarize(clashes, (id) => `${label} was sent ${id} under the sequence of another message`),
    ...summarize(
      // A timeout is not an error, because the application requests again.
      refusals.filter((refusal) => !RETRYABLE_CODES.some((code) => refusal.startsWith(code))),
      (refusal) => `${label} was refused: ${refusal}`,
    ),
  ];
}

/** A dropped attempt may be followed by another one; the same attempt must never ring twice. */
function findCarrierErrors({ ledger, events }: DeliveryRun): string[] {
  const { attemptsCalledTwice, attemptsRungTwice, overlaps, calls } = ledger;
  const requested = filterEvents(CallRequested, events).length;
  return [
    ...summarize(attemptsCalledTwice, ({ attempt }) => `attempt ${attempt} was called twice`),
    ...summarize(attemptsRungTwice, ({ attempt }) => `attempt ${attempt} rang twice`),
    ...summarize(overlaps, ({ number }) => `${number} was dialed while a call to it was open`),
    ...(calls === requested ? [] : [`${calls} calls for ${requested} attempts`]),
  ];
}

function findPartnerErrors({ partner, deliveryIds, figures, events }: DeliveryRun): string[] {
  const notified = countBy(partner.events, ({ payload }) => `${payload.type} ${payload.data.reference ?? ''}`);
  const expected = listReferences(deliveryIds.length).flatMap((reference) =>
    ['delivery.assigned', 'delivery.acknowledged'].map((type) => `${type} ${reference}`),
  );
  const acknowledged = filterEvents(DeliveryAcknowledged, events).length;
  const { funnel } = figures;
  return [
    ...summarize(
      expected.filter((event) => notified.get(event) !== 1),
      (event) => `the partner was notified ${notified.get(event) ?? 0} times: ${event}`,
    ),
    ...(partner.unverified === 0 ? [] : [`${partner.unverified} webhooks with a wrong signature`]),
    ...(partner.duplicates.length === 0 ? [] : [`${partner.duplicates.length} webhooks were delivered twice`]),
    ...(funnel.created === deliveryIds.length && funnel.acknowledged === acknowledged
      ? []
      : [`analytics counts ${funnel.created} created and ${funnel.acknowledged} acknowledged`]),
  ];
}

/** The events of one contract. */
export function filterEvents<P extends object>(
  contract: EventContract<P>,
  events: readonly EventEnvelope[],
): EventEnvelope<P>[] {
  return events.filter(({ subject }) => subject === contract.subject) as EventEnvelope<P>[];
}

/** Whether the numbers are exactly 1 … n, each once, in any order. */
export function isGapless(sequence: readonly number[]): boolean {
  const distinct = new Set(sequence);
  return distinct.size === sequence.length && sequence.every((number) => number >= 1 && number <= sequence.length);
}

function countBy<T>(items: readonly T[], getKey: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(getKey(item), (counts.get(getKey(item)) ?? 0) + 1);
  return counts;
}

/** A sentence for each of the first few items, and the number of the others. */
function summarize<T>(items: readonly T[], sentence: (item: T) => string): string[] {
  const sentences = items.slice(0, MAX_SENTENCES).map(sentence);
  return items.length > MAX_SENTENCES
    ? [...sentences, `… and ${items.length - MAX_SENTENCES} more of this kind`]
    : sentences;
}
