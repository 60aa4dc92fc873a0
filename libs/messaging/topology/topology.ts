import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { AppName, ContractRegistry } from '#libs/contracts/kernel/index.js';
import type { MessagingTuning } from '../options/options.js';

const DAY_MS = 86_400_000;
const STARTS_RETENTION_DAYS = 7;

/** Events that an app could not handle. */
export const DEAD_LETTERS_STREAM = 'DEAD_LETTERS';
/** Dead letters on their way back to the app that could not handle them. */
export const REDRIVE_STREAM = 'REDRIVE';
/** One record for each start of handling a redelivered event that has not ended; see `StartLedger`. */
export const STARTS_STREAM = 'STARTS';
/** The server's messages about events that reached the delivery limit of a consumer. */
export const ADVISORIES_STREAM = 'DELIVERY_ADVISORIES';
const MAX_DELIVERIES_SUBJECT = '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES';

/** A stream that messaging creates or updates at startup. */
export type StreamDeclaration = Partial<StreamConfig> & { name: string; subjects: string[] };

/** A durable consumer that messaging creates or updates at startup. */
export interface ConsumerDeclaration {
  readonly stream: string;
  readonly config: Partial<ConsumerConfig> & { durable_name: string };
}

/** The name of the stream that holds an owner's events. */
export const toStreamName = (owner: AppName): string => `EVENTS_${owner.toUpperCase()}`;

/** Returns the subject of the dead letters of an event’s subject for one consumer. */
export const toDeadLetterSubject = (consumer: AppName, subject: string): string => `dead.${consumer}.${subject}`;
/** Returns the subject with which a dead letter is redriven to its consumer. */
export const toRedriveSubject = (consumer: AppName, subject: string): string => `redrive.${consumer}.${subject}`;
/** Message ids are base64url-encoded because they may contain characters with a meaning in subjects. */
export const toStartSubject = (consumer: AppName, messageId: string): string =>
  `starts.${consumer}.${Buffer.from(messageId).toString('base64url')}`;

/** Declares all streams. Every app creates all of them, so that apps can start in any order. */
export function declareStreams(registry: ContractRegistry, tuning: MessagingTuning): StreamDeclaration[] {
  const common = {
    storage: StorageType.File,
    num_replicas: tuning.streamReplicas,
    duplicate_window: nanos(tuning.duplicateWindowMs),
  };
  const commonWithLimits = { ...common, retention: RetentionPolicy.Limits };
  return [
    ...registry.owners.map((owner) => ({
      ...commonWithLimits,
      name: toStreamName(owner),
      subjects: [`${owner}.>`],
      max_age: nanos(tuning.streamMaxAgeDays * DAY_MS),
      max_bytes: tuning.streamMaxBytes,
      // When the stream is full, publishing fails and the outboxes grow, which metrics show. `Old` would silently lose
      // events.
      discard: DiscardPolicy.New,
      allow_direct: true,
    })),
    {
      ...commonWithLimits,
      name: DEAD_LETTERS_STREAM,
      subjects: ['dead.>'],
      max_age: nanos(tuning.deadLetterMaxAgeDays * DAY_MS),
      discard: DiscardPolicy.New,
      allow_direct: true,
    },
    {
      ...common,
      name: REDRIVE_STREAM,
      subjects: ['redrive.>'],
      retention: RetentionPolicy.Workqueue,
      discard: DiscardPolicy.New,
    },
    {
      ...commonWithLimits,
      name: STARTS_STREAM,
      subjects: ['starts.>'],
      max_age: nanos(STARTS_RETENTION_DAYS * DAY_MS),
    },
    {
      ...commonWithLimits,
      name: ADVISORIES_STREAM,
      subjects: [`${MAX_DELIVERIES_SUBJECT}.>`],
      max_age: nanos(tuning.deadLetterMaxAgeDays * DAY_MS),
    },
  ];
}

/**
 * Declares the durable pull consumers of one app: one for each owner whose events it consumes, one for redrives and one
 * for advisories.
 */
export function declareConsumers(
  app: AppName,
  registry: ContractRegistry,
  tuning: MessagingTuning,
): ConsumerDeclaration[] {
  const common = {
    durable_name: app,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(tuning.ackWaitMs),
    max_ack_pending: tuning.maxAckPending,
    max_deliver: tuning.serverMaxDeliver,
  };
  const events = registry.owners.flatMap((owner) => {
    const subjects = registry
      .eventsConsumedBy(app)
      .filter((event) => event.owner === owner)
      .map(({ subject }) => subject);
    return subjects.length === 0
      ? []
      : [{ stream: toStreamName(owner), config: { ...common, filter_subjects: subjects.sort() } }];
  });
  return [
    ...events,
    { stream: REDRIVE_STREAM, config: { ...common, filter_subjects: [`redrive.${app}.>`] } },
    // Advisories are the last resort, so they have no delivery limit.
    {
      stream: ADVISORIES_STREAM,
      config: { ...common, max_deliver: -1, filter_subjects: [`${MAX_DELIVERIES_SUBJECT}.*.${app}`] },
    },
  ];
}

/** Lists the streams of events from which this app does not consume. */
export function listUnusedStreams(app: AppName, registry: ContractRegistry): string[] {
  const owners = new Set(registry.eventsConsumedBy(app).map(({ owner }) => owner));
  return registry.owners.filter((owner) => !owners.has(owner)).map(toStreamName);
}
