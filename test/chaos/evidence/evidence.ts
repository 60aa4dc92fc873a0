import type { ApiCall, ApiDelivery, ApiRecording } from '../support/api.js';
import type { ReceivedMessage } from '../agents/agent-app.js';
import type { CarrierLedger } from '../witnesses/carrier-ledger.js';
import type { GivenFact } from '../personas/fact.js';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import type { ReceivedWebhook } from '../witnesses/webhook-sink.js';

/** The result of downloading a recording by its signed link. */
export interface DownloadedAudio {
  readonly status: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** According to its WAV header; absent if it is not a WAV file. */
  readonly durationMs?: number;
  readonly error?: string;
}

export interface DeliveryEvidence {
  readonly plan: PlannedDelivery;
  /** The id in the 2xx response; absent if the post never received one. */
  readonly deliveryId?: string;
  /** When that response was received, in UTC epoch milliseconds. */
  readonly postedAt?: number;
  /** The response to the last attempt, if none was 2xx. */
  readonly refusal?: string;
  /** Deliveries that the API lists under its reference. */
  readonly listed: readonly ApiDelivery[];
  readonly calls: readonly ApiCall[];
  readonly recordings: readonly (ApiRecording & { readonly audio?: DownloadedAudio })[];
  /** Facts that the product certainly recorded. */
  readonly given: readonly GivenFact[];
  /** Facts that the product may or may not have recorded. */
  readonly uncertain: readonly GivenFact[];
}

export interface AgentEvidence {
  readonly agentId: string;
  readonly name: string;
  readonly messages: readonly ReceivedMessage[];
}

/** The report of the operations API at the end of a run. */
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

/** A webhook that the API lists as not yet sent. */
export interface WaitingWebhook {
  readonly webhookId: string;
  readonly type: string;
  readonly deliveryId?: string;
  /** `pending` for its next attempt, or `queued` behind another webhook. */
  readonly state: string;
  readonly tries: number;
  readonly nextTryAt?: string;
}

/** All observations of a run, made from outside the product. Rules use no other input. */
export interface Evidence {
  readonly deliveries: readonly DeliveryEvidence[];
  readonly ledger: CarrierLedger;
  readonly webhooks: readonly ReceivedWebhook[];
  /** Webhooks that will be sent after the run, because the delay before a third attempt is minutes. */
  readonly waitingWebhooks: readonly WaitingWebhook[];
  /** When the evidence was collected, in UTC epoch milliseconds. */
  readonly at: number;
  readonly agents: readonly AgentEvidence[];
  readonly organizations: readonly OrganizationEvidence[];
  readonly operations?: OperationsEvidence;
}

/** The delivery as the API shows it, if it exists. */
export const apiDelivery = ({ listed, deliveryId }: DeliveryEvidence): ApiDelivery | undefined =>
  listed.find((one) => one.deliveryId === deliveryId) ?? listed[0];
