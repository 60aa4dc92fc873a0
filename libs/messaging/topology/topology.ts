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

const DAY = 86_400_000;
const STARTS_KEPT_DAYS = 7;

export const DEAD_LETTERS_STREAM = 'DEAD_LETTERS';
export const REDRIVE_STREAM = 'REDRIVE';
/** Starts of handling redelivered events that have not ended; see `StartLedger`. */
export const STARTS_STREAM = 'STARTS';
export const ADVISORIES_STREAM = 'DELIVERY_ADVISORIES';
const MAX_DELIVERIES = '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES';

export type StreamDeclaration = Partial<StreamConfig> & { name: string; subjects: string[] };

export interface ConsumerDeclaration {
  readonly stream: string;
  readonly config: Partial<ConsumerConfig> & { durable_name: string };
}

/** The stream of an owner's events. */
export const streamOf = (owner: AppName): string => `EVENTS_${owner.toUpperCase()}`;

export const deadLetterSubject = (consumer: AppName, subject: string): string => `dead.${consumer}.${subject}`;
export const redriveSubject = (consumer: AppName, subject: string): string => `redrive.${consumer}.${subject}`;
/** Message ids may hold characters that mean something in a subject. */
export const startSubject = (consumer: AppName, messageId: string): string =>
  `starts.${consumer}.${Buffer.from(messageId).toString('base64url')}`;

/** Every stream of the mesh. Any app may create any of them, so that no boot order is needed. */
export function streams(registry: ContractRegistry, tuning: MessagingTuning): StreamDeclaration[] {
  const common = {
    storage: StorageType.File,
    num_replicas: tuning.streamReplicas,
    duplicate_window: nanos(tuning.duplicateWindowMs),
  };
  const kept = { ...common, retention: RetentionPolicy.Limits };
  return [
    ...registry.owners.map((owner) => ({
      ...kept,
      name: streamOf(owner),
      subjects: [`${owner}.>`],
      max_age: nanos(tuning.streamMaxAgeDays * DAY),
      max_bytes: tuning.streamMaxBytes,
      // Full means that publishing fails and outboxes grow, which is seen; dropping the oldest would lose them unseen.
      discard: DiscardPolicy.New,
      allow_direct: true,
    })),
    {
      ...kept,
      name: DEAD_LETTERS_STREAM,
      subjects: ['dead.>'],
      max_age: nanos(tuning.deadLetterMaxAgeDays * DAY),
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
    { ...kept, name: STARTS_STREAM, subjects: ['starts.>'], max_age: nanos(STARTS_KEPT_DAYS * DAY) },
    {
      ...kept,
      name: ADVISORIES_STREAM,
      subjects: [`${MAX_DELIVERIES}.>`],
      max_age: nanos(tuning.deadLetterMaxAgeDays * DAY),
    },
  ];
}

/** The durable pull consumers of one app: one for each owner it listens to, and those of redrives and advisories. */
export function consumersOf(app: AppName, registry: ContractRegistry, tuning: MessagingTuning): ConsumerDeclaration[] {
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
      : [{ stream: streamOf(owner), config: { ...common, filter_subjects: subjects.sort() } }];
  });
  return [
    ...events,
    { stream: REDRIVE_STREAM, config: { ...common, filter_subjects: [`redrive.${app}.>`] } },
    // Advisories are the last resort: they themselves are never given up.
    {
      stream: ADVISORIES_STREAM,
      config: { ...common, max_deliver: -1, filter_subjects: [`${MAX_DELIVERIES}.*.${app}`] },
    },
  ];
}

/** The streams on which this app has no events any more, or never had. */
export function unusedStreams(app: AppName, registry: ContractRegistry): string[] {
  const owners = new Set(registry.eventsConsumedBy(app).map(({ owner }) => owner));
  return registry.owners.filter((owner) => !owners.has(owner)).map(streamOf);
}
