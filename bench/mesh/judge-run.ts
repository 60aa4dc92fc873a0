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

const MOST_TOLD = 5;
const ASK_AGAIN: readonly string[] = [RPC_ERROR_CODES.deadlineExceeded, RPC_ERROR_CODES.unavailable];

/** Every broken promise of a run in words: nothing lost, nothing doubled, nobody called twice. Empty is right. */
export function mistakesOf(run: DeliveryRun): string[] {
  return [
    ...mistakesOfEvents(run),
    ...run.agents.flatMap((agent) => mistakesOfAgent(agent, run.events)),
    ...mistakesOfCarrier(run),
    ...mistakesOfPartner(run),
    ...(run.wasQuiet ? [] : ['the partner, the figures and the carrier did not come to rest in time']),
    ...(run.deadLetters === 0 ? [] : [`${run.deadLetters} events lie among the dead letters`]),
  ];
}

/**
 * Each delivery is assigned and acknowledged exactly once; each attempt is placed and completed, and each recording
 * transcribed exactly once; and no aggregate's sequence has a gap or a double.
 */
function mistakesOfEvents({ events, deliveryIds }: DeliveryRun): string[] {
  const attempts = of(CallRequested, events).map(({ payload }) => payload.attemptId);
  const recordings = of(RecordingStored, events).map(({ payload }) => payload.recordingId);
  const onceEach = [
    ...onceFor(deliveryIds, DeliveryAssigned, events, ({ deliveryId }) => deliveryId),
    ...onceFor(deliveryIds, DeliveryAcknowledged, events, ({ deliveryId }) => deliveryId),
    ...onceFor(attempts, CallPlaced, events, ({ attemptId }) => attemptId),
    ...onceFor(attempts, CallCompleted, events, ({ attemptId }) => attemptId),
    ...onceFor(recordings, RecordingTranscribed, events, ({ recordingId }) => recordingId),
    ...onceFor(recordings, InstructionsExtracted, events, ({ recordingId = '' }) => recordingId),
  ];
  const recorded = new Set(of(RecordingStored, events).map(({ payload }) => payload.deliveryId));
  const silent = few(
    deliveryIds.filter((id) => !recorded.has(id)),
    (id) => `delivery ${id} has no recording`,
  );
  // The owner and not the aggregate of the subject: a delivery's own events include `routing.call.requested`.
  const byAggregate = Map.groupBy(
    events,
    ({ subject, aggregateId }) => `${subject.split('.')[0] ?? ''} ${aggregateId}`,
  );
  const gaps = few(
    [...byAggregate].filter(([, some]) => !isGapless(some.map(({ sequence }) => sequence))),
    ([aggregate, some]) => `the sequence of ${aggregate} is ${some.map(({ sequence }) => sequence).join(', ')}`,
  );
  return [...onceEach, ...silent, ...gaps];
}

/** Of each thing there is exactly one event, and none of a thing unknown. */
function onceFor<P extends object>(
  ids: readonly string[],
  contract: EventContract<P>,
  events: readonly EventEnvelope[],
  idOf: (payload: P) => string,
): string[] {
  const counts = countBy(of(contract, events), ({ payload }) => idOf(payload));
  return few(
    [...new Set([...ids, ...counts.keys()])].filter((id) => counts.get(id) !== 1 || !ids.includes(id)),
    (id) => `${contract.subject}: ${counts.get(id) ?? 0} times for ${id}`,
  );
}

/** The agent's application has exactly the messages the inbox was given, in a gapless sequence, and all acknowledged. */
function mistakesOfAgent(
  { agentId, reached, acknowledged, clashes, refusals }: DeliveryRun['agents'][number],
  events: readonly EventEnvelope[],
): string[] {
  const added = of(InboxMessageAdded, events).filter(({ payload }) => payload.agentId === agentId);
  const confirmed = of(InboxMessageAcknowledged, events).filter(({ payload }) => payload.agentId === agentId);
  const who = `agent ${agentId}`;
  return [
    ...(isGapless([...reached.keys()]) ? [] : [`${who} misses a message in the sequence`]),
    ...(reached.size === added.length ? [] : [`${who} has ${reached.size} of ${added.length} messages`]),
    ...(acknowledged.size === reached.size
      ? []
      : [`${who} could acknowledge ${acknowledged.size} of ${reached.size} messages`]),
    ...(new Set(confirmed.map(({ payload }) => payload.messageId)).size === confirmed.length &&
    confirmed.length === added.length
      ? []
      : [`${who}: ${confirmed.length} acknowledgements of ${added.length} messages were told`]),
    ...few(clashes, (id) => `${who} was sent ${id} under the sequence of another message`),
    ...few(
      // Too slow is no mistake: the application has asked again.
      refusals.filter((refusal) => !ASK_AGAIN.some((code) => refusal.startsWith(code))),
      (refusal) => `${who} was refused: ${refusal}`,
    ),
  ];
}

/** An attempt that broke off is followed by another one, lawfully; the same attempt never rings again. */
function mistakesOfCarrier({ ledger, events }: DeliveryRun): string[] {
  const { attemptsCalledTwice, attemptsRungTwice, overlaps, calls } = ledger;
  const requested = of(CallRequested, events).length;
  return [
    ...few(attemptsCalledTwice, ({ attempt }) => `attempt ${attempt} was called twice`),
    ...few(attemptsRungTwice, ({ attempt }) => `attempt ${attempt} rang twice`),
    ...few(overlaps, ({ number }) => `${number} was dialled while a call to it was open`),
    ...(calls === requested ? [] : [`${calls} calls for ${requested} attempts`]),
  ];
}

function mistakesOfPartner({ partner, deliveryIds, figures, events }: DeliveryRun): string[] {
  const told = countBy(partner.events, ({ payload }) => `${payload.type} ${payload.data.reference ?? ''}`);
  const expected = references(deliveryIds.length).flatMap((reference) =>
    ['delivery.assigned', 'delivery.acknowledged'].map((type) => `${type} ${reference}`),
  );
  const acknowledged = of(DeliveryAcknowledged, events).length;
  const { funnel } = figures;
  return [
    ...few(
      expected.filter((event) => told.get(event) !== 1),
      (event) => `the partner was told ${told.get(event) ?? 0} times: ${event}`,
    ),
    ...(partner.unverified === 0 ? [] : [`${partner.unverified} webhooks with a wrong signature`]),
    ...(partner.duplicates.length === 0 ? [] : [`${partner.duplicates.length} webhooks were delivered twice`]),
    ...(funnel.created === deliveryIds.length && funnel.acknowledged === acknowledged
      ? []
      : [`analytics counts ${funnel.created} created and ${funnel.acknowledged} acknowledged`]),
  ];
}

/** The events of one kind. */
export function of<P extends object>(contract: EventContract<P>, events: readonly EventEnvelope[]): EventEnvelope<P>[] {
  return events.filter(({ subject }) => subject === contract.subject) as EventEnvelope<P>[];
}

/** Whether the numbers are 1 … n, each once, in whatever order. */
export function isGapless(sequence: readonly number[]): boolean {
  const distinct = new Set(sequence);
  return distinct.size === sequence.length && sequence.every((number) => number >= 1 && number <= sequence.length);
}

function countBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1);
  return counts;
}

/** A sentence for each of the first few, and how many more there are. */
function few<T>(things: readonly T[], sentence: (thing: T) => string): string[] {
  const told = things.slice(0, MOST_TOLD).map(sentence);
  return things.length > MOST_TOLD ? [...told, `… and ${things.length - MOST_TOLD} more of this kind`] : told;
}
