import { createHash } from 'node:crypto';
import type { AgentApp } from '../agents/agent-app.js';
import { readLedger, type CarrierLedger } from '../witnesses/carrier-ledger.js';
import type { AcceptedText } from '../customers/customer-initiative.js';
import { communicatedFacts } from '../customers/given-facts.js';
import type { ApiCall, ApiDelivery, ApiRecording } from '../support/api.js';
import type { DeliveryEvidence, Evidence, DownloadedAudio, WaitingWebhook } from './evidence.js';
import { readSettledOperations } from './operations.js';
import type { SeededOrganization } from '../seeding/organizations.js';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import type { Poster } from '../seeding/poster.js';
import type { ReceivedWebhook } from '../witnesses/webhook-sink.js';
import type { JsonClient } from '../support/json-client.js';

const AUDIO_TIMEOUT_MS = 10_000;
/** Byte offsets in a WAV file: of the byte rate in the header, and of the first sample. */
const WAV = { byteRateAt: 28, headerBytes: 44 } as const;

export interface EvidenceSources {
  readonly planned: readonly PlannedDelivery[];
  readonly poster: Poster;
  readonly organizations: readonly SeededOrganization[];
  readonly agents: readonly AgentApp[];
  readonly acceptedTexts: readonly AcceptedText[];
  readonly webhooks: readonly ReceivedWebhook[];
  readonly ledgerFile: string;
  readonly operator: JsonClient;
}

/** Collects the evidence of every source at the end of a run. */
export async function collectEvidence(sources: EvidenceSources): Promise<Evidence> {
  const ledger = await readLedger(sources.ledgerFile);
  const deliveries = await Promise.all(
    sources.organizations.map((organization) => collectDeliveries(organization, sources, ledger)),
  );
  const waiting = await Promise.all(sources.organizations.map(listWaitingWebhooks));
  const operations = await readSettledOperations(sources.operator);
  return {
    deliveries: deliveries.flat(),
    ledger,
    webhooks: sources.webhooks,
    waitingWebhooks: waiting.flat(),
    at: Date.now(),
    agents: sources.agents.map(({ agentId, name, received }) => ({ agentId, name, messages: received })),
    organizations: sources.organizations.map(({ key, callsFromMinute, callsUntilMinute }) => ({
      key,
      callsFromMinute,
      callsUntilMinute,
    })),
    ...(operations ? { operations } : {}),
  };
}

async function collectDeliveries(
  { key, api }: SeededOrganization,
  { planned, poster, acceptedTexts }: EvidenceSources,
  ledger: CarrierLedger,
): Promise<DeliveryEvidence[]> {
  const [deliveries, calls, recordings] = await Promise.all([
    api.list<ApiDelivery>('/v1/deliveries'),
    api.list<ApiCall>('/v1/calls'),
    api.list<ApiRecording>('/v1/recordings'),
  ]);
  const recordingsWithAudio: (ApiRecording & { audio?: DownloadedAudio })[] = [];
  for (const recording of recordings) {
    recordingsWithAudio.push(
      recording.state === 'stored' ? { ...recording, audio: await downloadAudio(api, recording) } : recording,
    );
  }
  return planned
    .filter(({ organization }) => organization === key)
    .map((plan) => {
      const listed = deliveries.filter(({ reference }) => reference === plan.reference);
      const posted = poster.posted.get(plan.reference);
      const refusal = poster.refused.get(plan.reference);
      const ids = new Set([...listed.map(({ deliveryId }) => deliveryId), posted?.deliveryId]);
      return {
        plan,
        ...(posted ? { deliveryId: posted.deliveryId, postedAt: posted.at } : {}),
        ...(refusal === undefined ? {} : { refusal }),
        listed,
        calls: calls.filter(({ deliveryId }) => ids.has(deliveryId)),
        recordings: recordingsWithAudio.filter(({ deliveryId }) => ids.has(deliveryId)),
        ...communicatedFacts(plan, ledger, acceptedTexts),
      };
    });
}

async function listWaitingWebhooks({ api, webhookEndpointId }: SeededOrganization): Promise<WaitingWebhook[]> {
  const all = await api.list<WaitingWebhook>(`/v1/webhook-endpoints/${webhookEndpointId}/deliveries`);
  return all.filter(({ state }) => state === 'pending' || state === 'queued');
}

async function downloadAudio(api: JsonClient, { recordingId }: ApiRecording): Promise<DownloadedAudio> {
  try {
    const { url } = await api.post<{ url: string }>(`/v1/recordings/${recordingId}/audio-links`, {});
    const response = await fetch(url, { signal: AbortSignal.timeout(AUDIO_TIMEOUT_MS) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      ...readWavDuration(bytes),
    };
  } catch (error) {
    return { status: 0, sizeBytes: 0, sha256: '', error: error instanceof Error ? error.message : String(error) };
  }
}

function readWavDuration(bytes: Buffer): { durationMs?: number } {
  if (bytes.length < WAV.headerBytes || bytes.toString('latin1', 0, 4) !== 'RIFF') return {};
  const bytesPerSecond = bytes.readUInt32LE(WAV.byteRateAt);
  return { durationMs: Math.round(((bytes.length - WAV.headerBytes) / bytesPerSecond) * 1_000) };
}
