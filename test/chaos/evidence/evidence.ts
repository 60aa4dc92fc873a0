import type { ApiCall, ApiDelivery, ApiRecording } from '../support/api.js';
import type { ReceivedMessage } from '../agents/agent-app.js';
import type { CarrierLedger } from '../witnesses/carrier-ledger.js';
import type { GivenFact } from '../personas/fact.js';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import type { ReceivedWebhook } from '../witnesses/webhook-sink.js';

/** What the signed link of a recording gave. */
export interface HeardAudio {
  readonly status: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** By its WAV header; absent where it is no WAV. */
  readonly durationMs?: number;
  readonly error?: string;
}

export interface DeliveryEvidence {
  readonly plan: PlannedDelivery;
  /** The id of the answer with 2xx; absent when the post was never answered so. */
  readonly deliveryId?: string;
  /** UTC epoch milliseconds of that answer. */
  readonly postedAt?: number;
  /** What the last try was answered, where none was answered with 2xx. */
  readonly refusal?: string;
  /** Deliveries that the API lists under its reference. */
  readonly listed: readonly ApiDelivery[];
  readonly calls: readonly ApiCall[];
  readonly recordings: readonly (ApiRecording & { readonly audio?: HeardAudio })[];
  /** What the customer certainly made known, and what they may have. */
  readonly given: readonly GivenFact[];
  readonly uncertain: readonly GivenFact[];
}

export interface AgentEvidence {
  readonly agentId: string;
  readonly name: string;
  readonly messages: readonly ReceivedMessage[];
}

/** What the operations API counts at the end. */
export interface OperationsEvidence {
  readonly deadLetters: readonly { readonly consumer: string; readonly subject: string; readonly message: string }[];
  readonly apps: readonly {
    readonly app: string;
    readonly state: string;
    readonly outboxPending?: number;
    readonly queues?: readonly {
      readonly queue: string;
      readonly due: number;
      readonly failed: number;
      readonly oldestDueMs: number;
    }[];
  }[];
  readonly consumers: readonly {
    readonly app: string;
    readonly stream: string;
    readonly pending: number;
    readonly inFlight: number;
  }[];
}

export interface OrganizationEvidence {
  readonly key: string;
  readonly callsFromMinute: number;
  readonly callsUntilMinute: number;
}

/** A webhook that the API lists as still to be sent. */
export interface WaitingWebhook {
  readonly webhookId: string;
  readonly type: string;
  readonly deliveryId?: string;
  /** `pending` for its next try, or `queued` behind another. */
  readonly state: string;
  readonly tries: number;
  readonly nextTryAt?: string;
}

/** Everything that was seen from outside, on which all rules judge. */
export interface Evidence {
  readonly deliveries: readonly DeliveryEvidence[];
  readonly ledger: CarrierLedger;
  readonly webhooks: readonly ReceivedWebhook[];
  /** Those that come later: the wait before a third try is one of minutes. */
  readonly waitingWebhooks: readonly WaitingWebhook[];
  /** UTC epoch milliseconds of when evidence was gathered. */
  readonly at: number;
  readonly agents: readonly AgentEvidence[];
  readonly organizations: readonly OrganizationEvidence[];
  readonly operations?: OperationsEvidence;
}

/** The delivery as the API shows it, if it exists once. */
export const apiDelivery = ({ listed, deliveryId }: DeliveryEvidence): ApiDelivery | undefined =>
  listed.find((one) => one.deliveryId === deliveryId) ?? listed[0];
