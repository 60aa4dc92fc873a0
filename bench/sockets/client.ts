import { io } from 'socket.io-client';
import { AgentChannel } from '#deploy/demo/agent-channel.js';
import type { Announcement, InboxMessage } from '#libs/contracts/index.js';
import type { ClientReport, FromClients, SocketPlan, ToClients } from './protocol.js';

/** Opens so many at once; more would only wait at the server. */
const AT_ONCE = 32;
const OPEN_TRIES = 5;

/** What stands in this process: thousands of agents' applications, or bare sockets. */
interface Holder {
  close(): void;
  readonly connected: boolean;
  readonly wire: { readonly received: number; readonly doubled: number };
}

const holders: Holder[] = [];
const given = new Map<string, Map<string, { times: number; at: number; byReplay: boolean }>>();
const tell = (message: FromClients): void => void process.send?.(message);

function note(agentId: string, key: string, byReplay: boolean): void {
  const at = Date.now();
  const own = given.get(agentId) ?? new Map<string, { times: number; at: number; byReplay: boolean }>();
  given.set(agentId, own);
  const known = own.get(key);
  if (known) known.times += 1;
  else own.set(key, { times: 1, at, byReplay });
}

const keyOfMessage = ({ messageId }: InboxMessage): string => `message ${messageId}`;
const keyOfAnnouncement = ({ sequence }: Announcement): string => `announcement ${sequence}`;

async function open(plan: SocketPlan, pollMs: number): Promise<void> {
  if (plan.bare) return openBare(plan);
  let turn = 0;
  const channel = new AgentChannel({
    url: () => plan.urls[turn++ % plan.urls.length] ?? '',
    token: () => plan.token,
    pollMs,
    lastAnnouncement: 0,
    onMessage: (message, byReplay) => note(plan.agentId, keyOfMessage(message), byReplay),
    onAnnouncement: (announcement, byReplay) => note(plan.agentId, keyOfAnnouncement(announcement), byReplay),
  });
  holders.push(channel);
  for (let tries = 1; ; tries += 1) {
    try {
      await channel.opened();
      return await channel.settled();
    } catch (error) {
      if (tries === OPEN_TRIES) throw error;
    }
  }
}

function openBare({ agentId, urls }: SocketPlan): Promise<void> {
  const options = { auth: { agentId }, transports: ['websocket'], forceNew: true };
  const socket = io(urls[0] ?? '', options);
  const wire = { received: 0, doubled: 0 };
  socket.on('message', (message: InboxMessage) => note(agentId, keyOfMessage(message), false));
  socket.on('announcement', (one: Announcement) => note(agentId, keyOfAnnouncement(one), false));
  holders.push({
    close: () => socket.close(),
    get connected() {
      return socket.connected;
    },
    wire,
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
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  tell({ kind: 'opened', failed });
}

function report(): ClientReport {
  const plain = [...given].map(([agentId, own]) => [agentId, Object.fromEntries(own)] as const);
  const sum = (of: 'received' | 'doubled'): number => holders.reduce((total, { wire }) => total + wire[of], 0);
  return {
    connected: holders.filter(({ connected }) => connected).length,
    given: Object.fromEntries(plain),
    wireReceived: sum('received'),
    wireDoubled: sum('doubled'),
  };
}

process.on('message', (order: ToClients) => {
  if (order.kind === 'open') void openAll(order.sockets, order.pollMs);
  if (order.kind === 'report') tell({ kind: 'report', report: report() });
  if (order.kind === 'close') {
    for (const holder of holders) holder.close();
    process.exit();
  }
});
process.on('disconnect', () => process.exit());
