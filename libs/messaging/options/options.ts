import type { AppName, ContractRegistry } from '#libs/contracts/kernel/index.js';
import type { MessagingObserver } from './observer.js';

/** Options of `MessagingModule.forApp`. */
export interface MessagingModuleOptions {
  readonly app: AppName;
  /** One or several URLs, comma-separated. */
  readonly natsUrl: string;
  readonly registry: ContractRegistry;
  readonly observer?: MessagingObserver;
  /** Whether the app is ready before its first connection to NATS. Default: false. */
  readonly readyWithoutBroker?: boolean;
  /** Replaces single values of `DEFAULT_TUNING`. */
  readonly options?: Partial<MessagingTuning>;
}

/** Limits and durations. The defaults are for one small cluster. */
export interface MessagingTuning {
  /** How long a stream keeps an event, consumed or not. The outbox keeps events longer. */
  readonly streamMaxAgeDays: number;
  /** At this size a stream rejects events. They then stay in the outboxes, whose size is a metric. */
  readonly streamMaxBytes: number;
  readonly streamReplicas: number;
  /** Within this window the server drops events with the same id. The inbox drops them for `inboxRetentionDays`. */
  readonly duplicateWindowMs: number;
  /** Maximum events handled in one transaction. */
  readonly batchSize: number;
  /**
   * The JetStream ack wait: after this time without an acknowledgement an event is redelivered. The pull loop extends
   * it while the event waits or is handled.
   */
  readonly ackWaitMs: number;
  /** Maximum unacknowledged events of one stream across all replicas of an app. */
  readonly maxAckPending: number;
  /**
   * Delays before the second, third, … delivery of an event whose handler fails. After the last the event is
   * dead-lettered.
   */
  readonly retryDelaysMs: readonly number[];
  /** After this many crashes while an event is handled alone, the event is dead-lettered. */
  readonly maxHandlerCrashes: number;
  /** The server's delivery limit, as a last resort. Must be well above what retries and restarts use. */
  readonly serverMaxDeliver: number;
  /** How long a dead letter can be redriven. */
  readonly deadLetterMaxAgeDays: number;
  /** Duration of the lease of the relay that publishes, renewed while its process runs. */
  readonly relayLeaseMs: number;
  /** Interval of the relay's fallback poll. Commits and the change stream normally wake it much earlier. */
  readonly relayPollMs: number;
  /** Maximum events published and not yet acknowledged by the broker. */
  readonly relayMaxInFlight: number;
  /** How long published events can be republished. */
  readonly outboxRetentionDays: number;
  /** Must exceed `outboxRetentionDays` plus `deadLetterMaxAgeDays`. */
  readonly inboxRetentionDays: number;
  /** How long the reply of a command is stored for repeats. */
  readonly commandRetentionDays: number;
  /** Default timeout of a whole call, including retries. */
  readonly rpcTimeoutMs: number;
  /** After this time without a reply the request is sent again, within the same deadline. */
  readonly rpcAttemptMs: number;
  /** Maximum concurrent requests per replica. Others wait until their deadline. */
  readonly rpcConcurrency: number;
  /** How long a shutdown waits for work in progress. */
  readonly shutdownGraceMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The default limits and durations. */
export const DEFAULT_TUNING: MessagingTuning = {
  streamMaxAgeDays: 7,
  streamMaxBytes: 1024 ** 3,
  streamReplicas: 1,
  duplicateWindowMs: 5 * MINUTE,
  batchSize: 64,
  ackWaitMs: 10 * SECOND,
  maxAckPending: 256,
  retryDelaysMs: [250, SECOND, 3 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE],
  maxHandlerCrashes: 3,
  serverMaxDeliver: 30,
  deadLetterMaxAgeDays: 14,
  relayLeaseMs: 3 * SECOND,
  relayPollMs: 2 * SECOND,
  relayMaxInFlight: 256,
  outboxRetentionDays: 30,
  inboxRetentionDays: 45,
  commandRetentionDays: 30,
  rpcTimeoutMs: 10 * SECOND,
  rpcAttemptMs: 2 * SECOND,
  rpcConcurrency: 64,
  shutdownGraceMs: 10 * SECOND,
};

/** The options with all defaults applied. */
export interface MessagingSettings {
  readonly app: AppName;
  readonly natsUrl: string;
  readonly registry: ContractRegistry;
  readonly observer: MessagingObserver;
  readonly readyWithoutBroker: boolean;
  readonly tuning: MessagingTuning;
}

/** Injection token of {@link MessagingSettings}. */
export const MESSAGING_SETTINGS = Symbol('MESSAGING_SETTINGS');

/**
 * Applies the defaults and validates the options.
 * @throws Error listing every combination that would lose events or handle them twice
 */
export function toMessagingSettings(
  options: MessagingModuleOptions,
  defaultObserver: MessagingObserver,
): MessagingSettings {
  const tuning = { ...DEFAULT_TUNING, ...options.options };
  const redriveDays = tuning.deadLetterMaxAgeDays;
  const problems = [
    ...(tuning.inboxRetentionDays > tuning.outboxRetentionDays + redriveDays
      ? []
      : [
          'inboxRetentionDays must exceed outboxRetentionDays plus deadLetterMaxAgeDays, or an old event is handled twice',
        ]),
    ...(tuning.serverMaxDeliver > tuning.retryDelaysMs.length + tuning.maxHandlerCrashes + 2
      ? []
      : ['serverMaxDeliver must exceed retryDelaysMs.length + maxHandlerCrashes + 2, or events are not dead-lettered']),
    ...(tuning.batchSize <= tuning.maxAckPending ? [] : ['batchSize cannot exceed maxAckPending']),
  ];
  if (problems.length > 0) throw new Error(`Messaging options:\n- ${problems.join('\n- ')}`);
  return {
    app: options.app,
    natsUrl: options.natsUrl,
    registry: options.registry,
    observer: options.observer ?? defaultObserver,
    readyWithoutBroker: options.readyWithoutBroker ?? false,
    tuning,
  };
}
