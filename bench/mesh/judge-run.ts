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
import { references, type DeliveryRun } from './deliver.js';

const MAX_SENTENCES = 5;
const RETRYABLE_CODES: readonly string[] = [RPC_ERROR_CODES.deadlineExceeded, RPC_ERROR_CODES.unavailable];

/**
 * Lists every violated guarantee of a run: lost or duplicated events, customers called twice. An empty list means that
 * the run was right.
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
  const attempts = eventsOf(CallRequested, events).map(({ payload }) => payload.attemptId);
  const recordings = eventsOf(RecordingStored, events).map(({ payload }) => payload.recordingId);
  const onceEach = [
    ...onceFor(deliveryIds, DeliveryAssigned, events, ({ deliveryId }) => deliveryId),
    ...onceFor(deliveryIds, DeliveryAcknowledged, events, ({ deliveryId }) => deliveryId),
    ...onceFor(attempts, CallPlaced, events, ({ attemptId }) => attemptId),
    ...onceFor(attempts, CallCompleted, events, ({ attemptId }) => attemptId),
    ...onceFor(recordings, RecordingTranscribed, events, ({ recordingId }) => recordingId),
    ...onceFor(recordings, InstructionsExtracted, events, ({ recordingId = '' }) => recordingId),
  ];
  const recorded = new Set(eventsOf(RecordingStored, events).map(({ payload }) => payload.deliveryId));
  const unrecorded = summarize(
    deliveryIds.filter((id) => !recorded.has(id)),
    (id) => `delivery ${id} has no recording`,
  );
  // Keyed by the owner in the subject and not by its aggregate name: a delivery's events include
  // `routing.call.requested`.
  const byAggregate = Map.groupBy(
    events,
    ({ subject, aggregateId }) => `${subject.split('.')[0] ?? ''} ${aggregateId}`,
  );
  const gaps = summarize(
    [...byAggregate].filter(([, some]) => !isGapless(some.map(({ sequence }) => sequence))),
    ([aggregate, some]) => `the sequence of ${aggregate} is ${some.map(({ sequence }) => sequence).join(', ')}`,
  );
  return [...onceEach, ...unrecorded, ...gaps];
}

/** There must be exactly one event for each id, and none for an unknown id. */
function onceFor<P extends object>(
  ids: readonly string[],
  contract: EventContract<P>,
  events: readonly EventEnvelope[],
  idOf: (payload: P) => string,
): string[] {
  const counts = countBy(eventsOf(contract, events), ({ payload }) => idOf(payload));
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
  const added = eventsOf(InboxMessageAdded, events).filter(({ payload }) => payload.agentId === agentId);
  const confirmed = eventsOf(InboxMessageAcknowledged, events).filter(({ payload }) => payload.agentId === agentId);
  const label = `agent ${agentId}`;
  return [
    ...(isGapless([...received.keys()]) ? [] : [`${label} misses a message in the sequence`]),
    ...(received.size === added.length ? [] : [`${label} has ${received.size} of ${added.length} messages`]),
    ...(acknowledged.size === received.size
      ? []
      : [`${label} could acknowledge ${acknowledged.size} of ${received.size} messages`]),
    ...(new Set(confirmed.map(({ payload }) => payload.messageId)).size === confirmed.length &&
    confirmed.length === added.length
      ? []
      : [`${label}: ${confirmed.length} acknowledgements of ${added.length} messages were published`]),
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
  const requested = eventsOf(CallRequested, events).length;
  return [
    ...summarize(attemptsCalledTwice, ({ attempt }) => `attempt ${attempt} was called twice`),
    ...summarize(attemptsRungTwice, ({ attempt }) => `attempt ${attempt} rang twice`),
    ...summarize(overlaps, ({ number }) => `${number} was dialed while a call to it was open`),
    ...(calls === requested ? [] : [`${calls} calls for ${requested} attempts`]),
  ];
}

function findPartnerErrors({ partner, deliveryIds, figures, events }: DeliveryRun): string[] {
  const notified = countBy(partner.events, ({ payload }) => `${payload.type} ${payload.data.reference ?? ''}`);
  const expected = references(deliveryIds.length).flatMap((reference) =>
    ['delivery.assigned', 'delivery.acknowledged'].map((type) => `${type} ${reference}`),
  );
  const acknowledged = eventsOf(DeliveryAcknowledged, events).length;
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
export function eventsOf<P extends object>(
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

function countBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
  return counts;
}

/** A sentence for each of the first few items, and the number of the others. */
function summarize<T>(things: readonly T[], sentence: (thing: T) => string): string[] {
  const sentences = things.slice(0, MAX_SENTENCES).map(sentence);
  return things.length > MAX_SENTENCES
    ? [...sentences, `… and ${things.length - MAX_SENTENCES} more of this kind`]
    : sentences;
}
