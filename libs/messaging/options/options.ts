import type { AppName, ContractRegistry } from '#libs/contracts/kernel/index.js';
import type { MessagingObserver } from './observer.js';

/** What an app must say to take part in the mesh. */
export interface MessagingModuleOptions {
  readonly app: AppName;
  /** One URL or several, comma-separated. */
  readonly natsUrl: string;
  readonly registry: ContractRegistry;
  readonly observer?: MessagingObserver;
  /** Whether the app counts as ready before it has reached NATS for the first time. By default it does not. */
  readonly readyWithoutBroker?: boolean;
  readonly options?: Partial<MessagingTuning>;
}

/** Limits and times, each with a default that suits one small cluster. Times are milliseconds unless named otherwise. */
export interface MessagingTuning {
  /** How long a stream keeps an event, consumed or not. The outbox keeps it longer. */
  readonly streamMaxAgeDays: number;
  /** At this size a stream refuses further events, which then wait in the outboxes: visible, and nothing is lost. */
  readonly streamMaxBytes: number;
  readonly streamReplicas: number;
  /** Within this window the server drops a second event with the same id. The inbox drops it for much longer. */
  readonly duplicateWindowMs: number;
  /** Most events handled in one transaction. */
  readonly batchSize: number;
  /** How long a handler may be silent before the server gives its event to another; renewed while it works. */
  readonly ackWaitMs: number;
  /** Most events of one stream in the hands of all replicas of an app. */
  readonly maxAckPending: number;
  /** Waits before the second, third, … delivery of an event whose handler fails; after the last it is dead-lettered. */
  readonly retryDelaysMs: readonly number[];
  /** Times that handling an event alone may end with the death of the process before it is dead-lettered. */
  readonly mostKilledStarts: number;
  /** The server's own limit, the back-stop; well above what retries and restarts use up. */
  readonly serverMaxDeliver: number;
  readonly deadLetterMaxAgeDays: number;
  readonly relayLeaseMs: number;
  /** The relay's safety net; it is woken long before by commits and the change stream. */
  readonly relayPollMs: number;
  /** Most events published and not yet acknowledged. */
  readonly relayMaxInFlight: number;
  readonly outboxRetentionDays: number;
  /** Longer than the outbox retention plus the longest redrive. */
  readonly inboxRetentionDays: number;
  /** How long a command's reply is remembered for its repeats. */
  readonly commandRetentionDays: number;
  /** The whole of a call, retries included, unless the caller says otherwise. */
  readonly rpcTimeoutMs: number;
  /** After this much silence the request is sent again within the same deadline. */
  readonly rpcAttemptMs: number;
  /** Most requests an app works on at once; others wait until their deadline. */
  readonly rpcConcurrency: number;
  /** How long a shutdown waits for what is in hand. */
  readonly shutdownGraceMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const DEFAULT_TUNING: MessagingTuning = {
  streamMaxAgeDays: 7,
  streamMaxBytes: 1024 ** 3,
  streamReplicas: 1,
  duplicateWindowMs: 5 * MINUTE,
  batchSize: 64,
  ackWaitMs: 10 * SECOND,
  maxAckPending: 256,
  retryDelaysMs: [250, SECOND, 3 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE],
  mostKilledStarts: 3,
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

/** The options with every default filled in. */
export interface MessagingSettings {
  readonly app: AppName;
  readonly natsUrl: string;
  readonly registry: ContractRegistry;
  readonly observer: MessagingObserver;
  readonly readyWithoutBroker: boolean;
  readonly tuning: MessagingTuning;
}

export const MESSAGING_SETTINGS = Symbol('MESSAGING_SETTINGS');

/** @throws Error listing every combination that would lose or double events */
export function messagingSettings(given: MessagingModuleOptions, silent: MessagingObserver): MessagingSettings {
  const tuning = { ...DEFAULT_TUNING, ...given.options };
  const redriveDays = tuning.deadLetterMaxAgeDays;
  const mistakes = [
    ...(tuning.inboxRetentionDays > tuning.outboxRetentionDays + redriveDays
      ? []
      : [
          'inboxRetentionDays must exceed outboxRetentionDays plus deadLetterMaxAgeDays, or an old event is handled twice',
        ]),
    ...(tuning.serverMaxDeliver > tuning.retryDelaysMs.length + tuning.mostKilledStarts + 2
      ? []
      : ['serverMaxDeliver must leave room for retryDelaysMs and mostKilledStarts, or the server gives up first']),
    ...(tuning.batchSize <= tuning.maxAckPending ? [] : ['batchSize cannot exceed maxAckPending']),
  ];
  if (mistakes.length > 0) throw new Error(`Messaging options:\n- ${mistakes.join('\n- ')}`);
  return {
    app: given.app,
    natsUrl: given.natsUrl,
    registry: given.registry,
    observer: given.observer ?? silent,
    readyWithoutBroker: given.readyWithoutBroker ?? false,
    tuning,
  };
}
