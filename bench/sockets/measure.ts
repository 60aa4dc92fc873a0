import { setTimeout as delay } from 'node:timers/promises';
import { toLatencies, findDeliveryErrors, p99, p50 } from './latency.js';
import { BareServer, Clients, residentBytes } from './processes.js';
import type { ClientReport, SocketPlan } from './protocol.js';
import type { PublishedMessages, Stage } from './stage.js';

/** Messages to single agents per second. */
const SINGLES_PER_SECOND = 20;

/** The number of messages to send, and how long the bench waits for the apps to settle. */
export interface Load {
  readonly singles: number;
  readonly broadcasts: number;
  readonly broadcastEveryMs: number;
  /** Maximum number of messages to single agents while a gateway is killed; fewer if there are fewer sockets. */
  readonly maxSinglesInKill: number;
  /** Memory is read after this time without activity. */
  readonly settleMs: number;
}

export const FULL_LOAD: Load = {
  singles: 300,
  broadcasts: 10,
  broadcastEveryMs: 2_000,
  maxSinglesInKill: 1_000,
  settleMs: 5_000,
};
export const SHORT_LOAD: Load = {
  singles: 20,
  broadcasts: 3,
  broadcastEveryMs: 300,
  maxSinglesInKill: 100,
  settleMs: 500,
};

/** Longer than any phase in which latency is measured, so that polling does not affect it. */
const NO_POLL_MS = 3_600_000;
/** The mean polling interval of each socket while a gateway is killed. */
const POLL_MS = 60_000;
const RECOVERY_DEADLINE_MS = 240_000;

export interface Measured {
  readonly connectSeconds: number;
  readonly bytesPerSocket: number;
  readonly single: { readonly p50: number | null; readonly p99: number | null };
  readonly broadcast: { readonly p50: number | null; readonly p99: number | null };
  readonly failed: readonly string[];
}

export interface KillResult {
  readonly messages: number;
  readonly announcements: number;
  readonly errors: readonly string[];
  readonly wireDoubled: number;
  readonly recoverySeconds: number;
}

type Report = (line: string) => void;
const createAgentIds = (count: number): string[] => Array.from({ length: count }, (_, index) => `agt_bench_${index}`);

/** The payload of a message like the product's, for the bare server. */
const sampleMessage = (agentId: string, messageId: string, sequence: number): object => ({
  messageId,
  agentId,
  sequence,
  messageKind: 'assignment',
  deliveryId: messageId,
  reference: messageId,
  summary: 'The customer could not be reached.',
  customerName: 'Cara',
  position: [-0.1, 51.5],
  window: { start: new Date().toISOString(), end: new Date().toISOString() },
  createdAt: new Date().toISOString(),
});

export async function measureBare(sockets: number, load: Load, report: Report): Promise<Measured> {
  const server = new BareServer();
  const clients = new Clients();
  try {
    const url = await server.url();
    const agents = createAgentIds(sockets);
    const plans = agents.map((agentId) => ({ agentId, token: '', urls: [url], bare: true }));
    const connection = await connectAll(clients, server.pid, plans, NO_POLL_MS, load.settleMs);
    report(`bare Socket.IO: ${sockets} sockets after ${connection.connectSeconds.toFixed(1)} s`);
    await sendAtPace(load.singles, 1_000 / SINGLES_PER_SECOND, (index) => {
      const agentId = agents[(index * 7919) % agents.length] ?? '';
      server.order({
        kind: 'single',
        agentId,
        key: `message m${index}`,
        payload: sampleMessage(agentId, `m${index}`, 1),
      });
    });
    await sendAtPace(load.broadcasts, load.broadcastEveryMs, (index) => {
      const payload = {
        announcementId: `a${index}`,
        sequence: index,
        text: 'The depot closes early.',
        createdAt: new Date(),
      };
      server.order({ kind: 'broadcast', key: `announcement ${index}`, payload });
    });
    await delay(load.settleMs);
    return { ...connection, ...summarizeLatencies(await clients.report(), server.sentAt) };
  } finally {
    await clients.close();
    server.kill();
  }
}

export async function measureOurs(stage: Stage, sockets: number, load: Load, report: Report): Promise<Measured> {
  const gateway = await stage.start('gateway');
  const clients = new Clients();
  try {
    const agents = createAgentIds(sockets);
    const connection = await connectAll(
      clients,
      gateway.pid ?? 0,
      toPlans(stage, agents, [gateway.url]),
      NO_POLL_MS,
      load.settleMs,
    );
    report(`the gateway: ${sockets} sockets after ${connection.connectSeconds.toFixed(1)} s`);
    await sendAtPace(load.singles, 1_000 / SINGLES_PER_SECOND, (index) =>
      stage.assign(agents[(index * 7919) % agents.length] ?? '', `dlv_single_${index}`),
    );
    await sendAtPace(load.broadcasts, load.broadcastEveryMs, (index) => stage.announce(`Announcement ${index}`));
    const { clientReport, publishedMessages, errors } = await waitUntilReceived(clients, stage, agents, {
      messages: load.singles,
      announcements: load.broadcasts,
    });
    return {
      ...connection,
      failed: [...connection.failed, ...errors],
      ...summarizeLatencies(clientReport, publishedMessages.at),
    };
  } finally {
    await clients.close();
    await gateway.stop(10_000);
  }
}

/**
 * Connects half of the sockets to each of two gateways and kills one of them midway; its clients reconnect to the
 * other.
 */
export async function measureKill(stage: Stage, sockets: number, load: Load, report: Report): Promise<KillResult> {
  const [survivor, victim] = [await stage.start('gateway'), await stage.start('gateway')];
  const clients = new Clients();
  try {
    const agents = createAgentIds(sockets);
    const urls = [survivor.url, victim.url];
    const plans = agents.map((agentId, index) => ({
      ...toPlan(stage, agentId),
      urls: index % 2 === 0 ? urls : [...urls].reverse(),
    }));
    const failed = await clients.open(plans, POLL_MS);
    report(`two gateways: ${sockets} sockets`);
    const messages = Math.min(load.maxSinglesInKill, sockets);
    let killedAt = 0;
    let announcements = 0;
    await sendAtPace(messages, 1_000 / (2 * SINGLES_PER_SECOND), async (index) => {
      await stage.assign(agents[(index * 7919) % agents.length] ?? '', `dlv_kill_${index}`);
      if (index % Math.ceil(messages / 5) === 1) {
        announcements += 1;
        await stage.announce(`During the kill ${index}`);
      }
      if (index !== Math.floor(messages / 2)) return;
      report('kill -9 of one gateway');
      await victim.kill9();
      killedAt = performance.now();
    });
    report('all messages are sent; waiting until every application has received its messages');
    const expected = { messages: load.singles + messages, announcements: load.broadcasts + announcements };
    const { clientReport, errors } = await waitUntilReceived(clients, stage, agents, expected);
    return {
      ...expected,
      errors: [...failed, ...errors],
      wireDoubled: clientReport.wireDoubled,
      recoverySeconds: (performance.now() - killedAt) / 1000,
    };
  } finally {
    await clients.close();
    await survivor.stop(10_000);
    await victim.kill9();
  }
}

async function connectAll(
  clients: Clients,
  serverPid: number,
  plans: readonly SocketPlan[],
  pollMs: number,
  settleMs: number,
): Promise<Pick<Measured, 'connectSeconds' | 'bytesPerSocket' | 'failed'>> {
  await delay(settleMs);
  const before = residentBytes(serverPid);
  const began = performance.now();
  const failed = await clients.open(plans, pollMs);
  const connectSeconds = (performance.now() - began) / 1000;
  await delay(settleMs);
  return { connectSeconds, bytesPerSocket: (residentBytes(serverPid) - before) / plans.length, failed };
}

const toPlan = (stage: Stage, agentId: string): Omit<SocketPlan, 'urls'> => ({
  agentId,
  token: stage.createToken(agentId),
  bare: false,
});

const toPlans = (stage: Stage, agents: readonly string[], urls: readonly string[]): SocketPlan[] =>
  agents.map((agentId) => ({ ...toPlan(stage, agentId), urls }));

/** Waits until all messages that the bench requested were published and received, or until the deadline. */
async function waitUntilReceived(
  clients: Clients,
  stage: Stage,
  agents: readonly string[],
  expected: { readonly messages: number; readonly announcements: number },
): Promise<{ clientReport: ClientReport; publishedMessages: PublishedMessages; errors: string[] }> {
  for (const deadline = performance.now() + RECOVERY_DEADLINE_MS; ; await delay(2_000)) {
    const clientReport = await clients.report();
    const publishedMessages = await stage.published();
    const { missing, errors } = findErrors(clientReport, publishedMessages, agents);
    const unpublished = [
      expected.messages - countMessages(publishedMessages),
      expected.announcements - publishedMessages.announcementKeys.size,
    ];
    const isComplete = missing === 0 && unpublished.every((count) => count === 0);
    if (!isComplete && performance.now() < deadline) continue;
    const [messages, announcements] = unpublished;
    if (messages !== 0)
      errors.push(`${String(messages)} assignments led to no message (a negative number: to several messages)`);
    if (announcements !== 0) errors.push(`${String(announcements)} announcements were not published`);
    return { clientReport, publishedMessages, errors };
  }
}

const countMessages = ({ keysByAgent }: PublishedMessages): number =>
  [...keysByAgent.values()].reduce((sum, keys) => sum + keys.size, 0);

/** Sends in an open loop: each at its scheduled time, however long the previous one takes. */
async function sendAtPace(count: number, everyMs: number, send: (index: number) => unknown): Promise<void> {
  const began = performance.now();
  const sends: Promise<unknown>[] = [];
  const failures: unknown[] = [];
  for (let index = 1; index <= count; index += 1) {
    await delay(Math.max(0, began + index * everyMs - performance.now()));
    sends.push(Promise.resolve(send(index)).catch((error: unknown) => failures.push(error)));
  }
  await Promise.all(sends);
  if (failures.length > 0) throw failures[0];
}

function summarizeLatencies(
  clientReport: ClientReport,
  sentAt: ReadonlyMap<string, number>,
): Pick<Measured, 'single' | 'broadcast'> {
  const { single, broadcast } = toLatencies(clientReport, sentAt);
  return {
    single: { p50: p50(single), p99: p99(single) },
    broadcast: { p50: p50(broadcast), p99: p99(broadcast) },
  };
}

function findErrors(
  clientReport: ClientReport,
  publishedMessages: PublishedMessages,
  agents: readonly string[],
): { missing: number; errors: string[] } {
  const expected = new Map(
    agents.map((agentId) => [
      agentId,
      new Set([...(publishedMessages.keysByAgent.get(agentId) ?? []), ...publishedMessages.announcementKeys]),
    ]),
  );
  const { missing, doubled } = findDeliveryErrors(clientReport, expected);
  return { missing: missing.length, errors: [...missing, ...doubled] };
}
