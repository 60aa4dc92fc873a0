import { setTimeout as delay } from 'node:timers/promises';
import type { Delivery, Summary } from '#libs/contracts/index.js';
import type { EventEnvelope } from '#libs/contracts/kernel/index.js';
import type { LedgerSummary, PartnerEvents } from '#deploy/demo/simulator-api.js';
import type { Stack } from '#deploy/local/stack/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { BenchAgent } from './agent-crew.js';
import { runConcurrently } from './run-concurrently.js';
import { cpuSpent, readCpuClock } from './process-cost.js';
import { countDeadLetters, createEventCounter, readEvents } from './read-events.js';
import { deliveryInput, readPartnerEvents, toReference, setUp, type Scene } from './set-up.js';

/** Requests that the partner's system has open at the same time. */
const CONNECTIONS = 16;
const PROGRESS_MS = 5_000;
/** How long the partner's webhooks, analytics and the carrier may lag behind the last acknowledgement. */
const QUIET_TIMEOUT_MS = 60_000;
/** The run has failed if no event occurs for this long. */
const STUCK_TIMEOUT_MS = 60_000;

export interface DeliveryRun {
  readonly scene: Scene;
  readonly deliveryIds: readonly string[];
  /** When the first post was sent, in milliseconds since the epoch. */
  readonly postingStartedAt: number;
  /** When the last post got its response, in milliseconds since the epoch. */
  readonly postingEndedAt: number;
  /** When the apps had no work left, in milliseconds since the epoch. */
  readonly quietAt: number;
  /** Whether the apps had no work left before the timeout. */
  readonly wasQuiet: boolean;
  readonly agents: readonly BenchAgent[];
  readonly cpuMs: ReadonlyMap<string, number>;
  /** Events of this run's organization. */
  readonly events: readonly EventEnvelope[];
  readonly deadLetters: number;
  readonly ledger: LedgerSummary;
  readonly partner: PartnerEvents;
  readonly figures: Summary;
}

const wallClock = (): number => performance.timeOrigin + performance.now();

/**
 * Posts `count` deliveries as fast as the API accepts them and waits until all are acknowledged and no work is left.
 */
export async function deliver(
  { apps, servers, env }: Pick<Stack, 'apps' | 'servers' | 'env'>,
  count: number,
  natsUrl: string,
  report: (line: string) => void,
): Promise<DeliveryRun> {
  const gatewayUrl = apps.get('gateway')?.url ?? '';
  const addresses = {
    gatewayUrl,
    simulatorUrl: apps.get('simulator')?.url ?? '',
    operatorKey: env['gateway']?.['OPERATOR_API_KEY'] ?? '',
  };
  report(`setting up: ${count} customers and their agents`);
  const scene = await setUp(addresses, count, new Date(), CONNECTIONS);
  let acknowledged = 0;
  const agents = scene.agents.map(
    ({ agentId, token }) => new BenchAgent(agentId, gatewayUrl, token, wallClock, () => (acknowledged += 1)),
  );
  try {
    await Promise.all(agents.map((agent) => agent.waitUntilConnected()));
    report(`${agents.length} agents are connected; posting with ${CONNECTIONS} connections`);
    const before = readCpuClock(apps, servers);
    const postingStartedAt = wallClock();
    const deliveryIds: string[] = [];
    let posted = 0;
    const posting = runConcurrently(count, CONNECTIONS, async (index) => {
      const input = deliveryInput(index, scene.customerIds[index] ?? '', new Date());
      deliveryIds[index] = (await scene.partner.post<Delivery>('/v1/deliveries', input)).deliveryId;
      posted += 1;
    }).then(wallClock);
    const progress = setInterval(
      () => report(`posted ${posted}, acknowledged ${acknowledged} of ${count}`),
      PROGRESS_MS,
    );
    try {
      const postingEndedAt = await posting;
      await waitUntilDoneOrStuck(() => countAcknowledgedDeliveries(agents) >= count, natsUrl);
      const wasQuiet = await waitUntilQuiet(scene, count);
      const quietAt = wallClock();
      const cpuMs = cpuSpent(before, readCpuClock(apps, servers));
      const sealer = new DataSealer([env['gateway']?.['CUSTOMER_DATA_KEY'] ?? '']);
      const events = await readEvents(natsUrl, sealer);
      return {
        scene,
        deliveryIds,
        postingStartedAt,
        postingEndedAt,
        quietAt,
        wasQuiet,
        agents,
        cpuMs,
        events: events.filter(({ organizationId }) => organizationId === scene.organizationId),
        deadLetters: await countDeadLetters(natsUrl),
        ledger: await scene.simulator.summary(),
        partner: await readPartnerEvents(scene.simulator),
        figures: await scene.admin.get<Summary>('/v1/analytics/summary'),
      };
    } finally {
      clearInterval(progress);
    }
  } finally {
    for (const agent of agents) agent.close();
  }
}

/** The number of deliveries with at least one acknowledged message. */
function countAcknowledgedDeliveries(agents: readonly BenchAgent[]): number {
  const deliveries = new Set<string>();
  for (const agent of agents) {
    for (const { message } of agent.received.values()) {
      if (agent.acknowledged.has(message.messageId)) deliveries.add(message.deliveryId);
    }
  }
  return deliveries.size;
}

/**
 * Waits until `done`, or until no event has occurred for {@link STUCK_TIMEOUT_MS}; the checks then report what is
 * missing.
 */
async function waitUntilDoneOrStuck(done: () => boolean, natsUrl: string): Promise<void> {
  const events = await createEventCounter(natsUrl);
  try {
    for (
      let lastChange = { count: 0, at: performance.now() };
      !done() && performance.now() - lastChange.at < STUCK_TIMEOUT_MS;
    ) {
      const count = await events.count();
      if (count !== lastChange.count) lastChange = { count, at: performance.now() };
      await delay(500);
    }
  } finally {
    await events.close();
  }
}

async function waitUntilQuiet(scene: Scene, count: number): Promise<boolean> {
  const deadline = performance.now() + QUIET_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const [{ funnel }, { open }] = await Promise.all([
      scene.admin.get<Summary>('/v1/analytics/summary'),
      scene.simulator.summary(),
    ]);
    if (
      funnel.acknowledged === count &&
      open === 0 &&
      countAcknowledgedWebhooks(await readPartnerEvents(scene.simulator)) === count
    ) {
      return true;
    }
    await delay(1_000);
  }
  return false;
}

const countAcknowledgedWebhooks = ({ events }: PartnerEvents): number =>
  events.filter(({ payload }) => payload.type === 'delivery.acknowledged').length;

/** The partner's references of the first `count` deliveries. */
export const listReferences = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => toReference(index));
