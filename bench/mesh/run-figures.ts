import {
  CallRequested,
  DeliveryAcknowledged,
  InboxMessageAdded,
  RecordingTranscribed,
  WebhookSettled,
} from '#libs/contracts/index.js';
import type { EventEnvelope } from '#libs/contracts/kernel/index.js';
import { percentile } from '../figures.js';
import type { DeliveryRun } from './deliver.js';
import { filterEvents } from './judge-run.js';

export interface RunFigures {
  readonly postedPerSecond: number;
  /** From the first post to the acknowledgement of the last delivery, as routing recorded it. */
  readonly deliveriesPerSecond: number;
  /** For each delivery, milliseconds from the transcript's event to the agent's socket. */
  readonly transcriptToNotificationMs: readonly number[];
  /** Messages that the agents' applications had to request. */
  readonly replayed: number;
  readonly cpuMsPerDelivery: ReadonlyMap<string, number>;
  readonly eventsPerDelivery: number;
  /** Calls that were dropped and followed by another attempt. */
  readonly callsRepeated: number;
}

export function toRunFigures(run: DeliveryRun): RunFigures {
  const count = run.deliveryIds.length;
  const acknowledgedAt = filterEvents(DeliveryAcknowledged, run.events).map(({ occurredAt }) => Date.parse(occurredAt));
  const perSecond = (from: number, until: number): number => (count * 1_000) / (until - from);
  return {
    postedPerSecond: perSecond(run.postingStartedAt, run.postingEndedAt),
    deliveriesPerSecond: perSecond(run.postingStartedAt, Math.max(...acknowledgedAt)),
    transcriptToNotificationMs: measureTranscriptToNotification(run),
    replayed: run.agents.flatMap(({ received }) => [...received.values()].filter(({ byReplay }) => byReplay)).length,
    cpuMsPerDelivery: new Map([...run.cpuMs].map(([name, ms]) => [name, ms / count])),
    eventsPerDelivery: run.events.length / count,
    callsRepeated: filterEvents(CallRequested, run.events).length - count,
  };
}

/** Uses each delivery's first message that contains the transcript. */
function measureTranscriptToNotification({ agents, events }: DeliveryRun): number[] {
  const notifiedAt = new Map<string, number>();
  for (const { message, at } of agents.flatMap(({ received }) => [...received.values()])) {
    if (message.transcript === undefined) continue;
    notifiedAt.set(message.deliveryId, Math.min(at, notifiedAt.get(message.deliveryId) ?? Infinity));
  }
  return filterEvents(RecordingTranscribed, events).flatMap(({ payload, occurredAt }) => {
    const at = notifiedAt.get(payload.deliveryId);
    return at === undefined ? [] : [at - Date.parse(occurredAt)];
  });
}

const STEPS: readonly (readonly [step: string, from: string, to: string])[] = [
  ['posted → call requested', 'routing.delivery.created.v1', 'routing.call.requested.v1'],
  ['requested → accepted by the carrier', 'routing.call.requested.v1', 'telephony.call.placed.v1'],
  ['the call', 'telephony.call.placed.v1', 'telephony.call.completed.v1'],
  ['call over → recording stored', 'telephony.call.completed.v1', 'telephony.recording.stored.v1'],
  ['stored → transcript', 'telephony.recording.stored.v1', RecordingTranscribed.subject],
  ['transcript → assigned', RecordingTranscribed.subject, 'routing.delivery.assigned.v1'],
  ['assigned → in the inbox', 'routing.delivery.assigned.v1', InboxMessageAdded.subject],
  ['in the inbox → acknowledged', InboxMessageAdded.subject, DeliveryAcknowledged.subject],
  ['acknowledged → partner notified', DeliveryAcknowledged.subject, WebhookSettled.subject],
];

/** The median and p99 duration of each step, in milliseconds. */
export function measureSteps({ events }: DeliveryRun): { step: string; p50: number | null; p99: number | null }[] {
  const lastByDelivery = new Map<string, Map<string, number>>();
  for (const { subject, occurredAt, payload } of events as EventEnvelope<{ deliveryId?: string }>[]) {
    if (payload.deliveryId === undefined) continue;
    const at = lastByDelivery.get(payload.deliveryId) ?? new Map<string, number>();
    lastByDelivery.set(payload.deliveryId, at.set(subject, Math.max(Date.parse(occurredAt), at.get(subject) ?? 0)));
  }
  return STEPS.map(([step, from, to]) => {
    const durationsMs = [...lastByDelivery.values()].flatMap((at) => {
      const [start, end] = [at.get(from), at.get(to)];
      return start === undefined || end === undefined ? [] : [end - start];
    });
    return { step, p50: percentile(durationsMs, 0.5), p99: percentile(durationsMs, 0.99) };
  });
}
