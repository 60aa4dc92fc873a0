import { io } from 'socket.io-client';
import { AgentChannel } from '#deploy/demo/agent-channel.js';
import type { Announcement, InboxMessage } from '#libs/contracts/index.js';
import type { ClientReport, FromClients, SocketPlan, ToClients } from './protocol.js';

/** More sockets opened at the same time would only wait at the server. */
const MAX_CONCURRENT_OPENS = 32;
const MAX_OPEN_ATTEMPTS = 5;

/** A client in this process: an agent's application, or a bare socket. */
interface Client {
  close(): void;
  readonly connected: boolean;
  readonly counts: { readonly received: number; readonly doubled: number };
}

const clients: Client[] = [];
const receivedByAgent = new Map<string, Map<string, { times: number; at: number; byReplay: boolean }>>();
const send = (message: FromClients): void => void process.send?.(message);

function recordReceipt(agentId: string, key: string, byReplay: boolean): void {
  const at = Date.now();
  const byKey = receivedByAgent.get(agentId) ?? new Map<string, { times: number; at: number; byReplay: boolean }>();
  receivedByAgent.set(agentId, byKey);
  const existing = byKey.get(key);
  if (existing) existing.times += 1;
  else byKey.set(key, { times: 1, at, byReplay });
}

const toMessageKey = ({ messageId }: InboxMessage): string => `message ${messageId}`;
const toAnnouncementKey = ({ sequence }: Announcement): string => `announcement ${sequence}`;

async function open(plan: SocketPlan, pollMs: number): Promise<void> {
  if (plan.bare) return openBare(plan);
  let urlIndex = 0;
  const channel = new AgentChannel({
    url: () => plan.urls[urlIndex++ % plan.urls.length] ?? '',
    token: () => plan.token,
    pollMs,
    lastAnnouncement: 0,
    onMessage: (message, byReplay) => recordReceipt(plan.agentId, toMessageKey(message), byReplay),
    onAnnouncement: (announcement, byReplay) => recordReceipt(plan.agentId, toAnnouncementKey(announcement), byReplay),
  });
  clients.push(channel);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await channel.whenConnected();
      return await channel.whenIdle();
    } catch (error) {
      if (attempt === MAX_OPEN_ATTEMPTS) throw error;
    }
  }
}

function openBare({ agentId, urls }: SocketPlan): Promise<void> {
  const options = { auth: { agentId }, transports: ['websocket'], forceNew: true };
  const socket = io(urls[0] ?? '', options);
  const counts = { received: 0, doubled: 0 };
  socket.on('message', (message: InboxMessage) => recordReceipt(agentId, toMessageKey(message), false));
  socket.on('announcement', (one: Announcement) => recordReceipt(agentId, toAnnouncementKey(one), false));
  clients.push({
    close: () => socket.close(),
    get connected() {
      return socket.connected;
    },
    counts,
  });
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
}

async function openAll(plans: readonly SocketPlan[], pollMs: number): Promise<void> {
  const failed: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let plan = plans[next++]; plan; plan = plans[next++]) {
      try {
        await open(plan, pollMs);
      } catch (error) {
        failed.push(`${plan.agentId}: ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT_OPENS }, worker));
  send({ kind: 'opened', failed });
}

function report(): ClientReport {
  const plain = [...receivedByAgent].map(([agentId, byKey]) => [agentId, Object.fromEntries(byKey)] as const);
  const sum = (counter: 'received' | 'doubled'): number =>
    clients.reduce((total, { counts }) => total + counts[counter], 0);
  return {
    connected: clients.filter(({ connected }) => connected).length,
    received: Object.fromEntries(plain),
    wireReceived: sum('received'),
    wireDoubled: sum('doubled'),
  };
}

process.on('message', (command: ToClients) => {
  if (command.kind === 'open') void openAll(command.sockets, command.pollMs);
  if (command.kind === 'report') send({ kind: 'report', report: report() });
  if (command.kind === 'close') {
    for (const client of clients) client.close();
    process.exit();
  }
});
process.on('disconnect', () => process.exit());
