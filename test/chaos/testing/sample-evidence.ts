import type { ReceivedMessage } from '../agents/agent-app.js';
import type { CarrierCall } from '../witnesses/carrier-ledger.js';
import type { GivenFact } from '../personas/fact.js';
import { PERSONAS } from '../personas/personas.js';
import type { ApiCall, ApiDelivery, ApiRecording } from '../support/api.js';
import type { DeliveryEvidence, Evidence, DownloadedAudio } from '../evidence/evidence.js';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import { SeededRandom } from '../support/seeded-random.js';
import type { ReceivedWebhook } from '../witnesses/webhook-sink.js';

/** 14:00 in London. */
export const EARLY_AFTERNOON_MS = Date.UTC(2026, 0, 14, 14, 0, 0);
export const PHONE = '+442079461000';
const SECOND_MS = 1_000;

/** A planned delivery of one persona. */
export function plan(personaName = 'keys_neighbor', overrides: Partial<PlannedDelivery> = {}): PlannedDelivery {
  const persona = PERSONAS.find(({ name }) => name === personaName);
  if (!persona) throw new Error(`Unknown persona ${personaName}.`);
  const alternativeWindow = { start: '2026-01-15T16:00:00.000Z', end: '2026-01-15T19:00:00.000Z' };
  return {
    reference: 'C1-001',
    persona,
    moves: persona.moves({ random: new SeededRandom(1), alternativeWindow }),
    organization: persona.organization ?? 'day',
    phone: PHONE,
    zone: 'Europe/London',
    postAtMs: 0,
    idempotencyKey: 'key-1',
    body: {},
    simulatorCustomer: {},
    ...overrides,
  };
}

export const call = (overrides: Partial<CarrierCall> = {}): CarrierCall => ({
  callSid: 'CA1',
  to: PHONE,
  from: '+15005550006',
  direction: 'outbound-api',
  attemptId: 'att_1',
  createdAt: EARLY_AFTERNOON_MS,
  startedAt: EARLY_AFTERNOON_MS + 100,
  rangAt: EARLY_AFTERNOON_MS + 200,
  answeredAt: EARLY_AFTERNOON_MS + 400,
  isMachine: false,
  endedAt: EARLY_AFTERNOON_MS + 5 * SECOND_MS,
  status: 'completed',
  endedBy: 'application',
  heard: [{ seq: 9, at: EARLY_AFTERNOON_MS + 4 * SECOND_MS, text: 'Thank you. Goodbye.' }],
  acts: [],
  ...overrides,
});

export const neighborKeyed: GivenFact = {
  field: 'safePlace',
  value: 'neighbour',
  by: 'keys',
  at: EARLY_AFTERNOON_MS + 3 * SECOND_MS,
  evidence: 'pressed 2 in call CA1',
};

export const apiDelivery = (overrides: Partial<ApiDelivery> = {}): ApiDelivery => ({
  deliveryId: 'del_1',
  reference: 'C1-001',
  customerId: 'cus_1',
  state: 'acknowledged',
  attempts: 1,
  contactOutcome: 'answered',
  agentId: 'agt_1',
  instructions: { safePlace: { value: 'neighbour', source: 'keys', confidence: 1 } },
  window: { start: '2026-01-14T18:00:00.000Z', end: '2026-01-14T21:00:00.000Z' },
  ...overrides,
});

export const apiCall = (overrides: Partial<ApiCall> = {}): ApiCall => ({
  attemptId: 'att_1',
  deliveryId: 'del_1',
  attempt: 1,
  state: 'completed',
  outcome: 'answered',
  carrierCallId: 'CA1',
  requestedAt: new Date(EARLY_AFTERNOON_MS).toISOString(),
  ...overrides,
});

export const audio: DownloadedAudio = { status: 200, sizeBytes: 16_044, sha256: 'a'.repeat(64), durationMs: 4_000 };

export const recording = (
  overrides: Partial<ApiRecording> & { audio?: DownloadedAudio } = {},
): ApiRecording & { audio?: DownloadedAudio } => ({
  recordingId: 'rec_1',
  attemptId: 'att_1',
  deliveryId: 'del_1',
  state: 'stored',
  durationSeconds: 4,
  sizeBytes: audio.sizeBytes,
  sha256: audio.sha256,
  audio,
  ...overrides,
});

export const message = (overrides: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  messageId: 'msg_1',
  sequence: 1,
  messageKind: 'assignment',
  deliveryId: 'del_1',
  summary: 'Leave it with the neighbor.',
  instructions: { safePlace: { value: 'neighbour', source: 'keys', confidence: 1 } },
  receivedAt: EARLY_AFTERNOON_MS + 8 * SECOND_MS,
  acknowledgedAt: EARLY_AFTERNOON_MS + 9 * SECOND_MS,
  ...overrides,
});

export const webhook = (
  type: string,
  sequence: number,
  overrides: Partial<ReceivedWebhook> & { id?: string } = {},
): ReceivedWebhook => ({
  organization: 'day',
  webhookId: overrides.id ?? `whk_${sequence}`,
  receivedAt: EARLY_AFTERNOON_MS + sequence * SECOND_MS,
  type,
  data: { deliveryId: 'del_1', reference: 'C1-001', sequence },
  signatureValid: true,
  accepted: true,
  ...overrides,
});

export const delivery = (overrides: Partial<DeliveryEvidence> = {}): DeliveryEvidence => ({
  plan: plan(),
  deliveryId: 'del_1',
  postedAt: EARLY_AFTERNOON_MS,
  listed: [apiDelivery()],
  calls: [apiCall()],
  recordings: [recording()],
  given: [neighborKeyed],
  uncertain: [],
  ...overrides,
});

/** The evidence of a run without violations, with the spec's changes. */
export function evidence(
  overrides: Partial<Evidence> & { readonly delivery?: Partial<DeliveryEvidence> } = {},
): Evidence {
  const { delivery: deliveryOverrides, ...evidenceOverrides } = overrides;
  return {
    deliveries: [delivery(deliveryOverrides)],
    ledger: {
      calls: [call()],
      recordings: [
        {
          recordingSid: 'RE1',
          callSid: 'CA1',
          startedAt: EARLY_AFTERNOON_MS,
          finishedAt: EARLY_AFTERNOON_MS + 6 * SECOND_MS,
          status: 'completed',
        },
      ],
      texts: [],
    },
    webhooks: [webhook('delivery.assigned', 5), webhook('delivery.acknowledged', 6)],
    waitingWebhooks: [],
    at: EARLY_AFTERNOON_MS + 60 * SECOND_MS,
    agents: [{ agentId: 'agt_1', name: 'Agent 1', messages: [message()] }],
    organizations: [{ key: 'day', callsFromMinute: 480, callsUntilMinute: 1_260 }],
    operations: {
      deadLetters: [],
      apps: [{ app: 'routing', state: 'up', outboxPending: 0, queues: [] }],
      consumers: [],
    },
    ...evidenceOverrides,
  };
}

/** Formats violations as damage and sentence, for short expectations. */
export const formatViolations = (violations: readonly { damage: string; sentence: string }[]): string[] =>
  violations.map(({ damage, sentence }) => `${damage}: ${sentence}`);
