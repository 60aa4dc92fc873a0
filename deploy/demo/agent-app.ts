import type { InboxMessage, InboxPage } from '#libs/contracts/index.js';
import { AgentChannel } from './agent-channel.js';
import { PartnerApi } from './partner-api.js';

/** An agent's app: receives each message of the inbox once and in order, and acknowledges it. */
export interface AgentApp {
  readonly name: string;
  /** The received messages, each once and ordered by sequence. */
  readonly messages: readonly InboxMessage[];
  /** Ids of deliveries with an acknowledged message. */
  readonly acknowledged: ReadonlySet<string>;
  close(): void;
}

const READING_TIME_MS = 300;
const POLL_INTERVAL_MS = 2_000;

/** Opens an agent's app that is connected to the live WebSocket channel. */
export function openAgentApp(
  gatewayUrl: string,
  token: string,
  agent: { name: string; onMessage: (message: InboxMessage) => void; onAcknowledged: (message: InboxMessage) => void },
): AgentApp {
  const messages: InboxMessage[] = [];
  const acknowledged = new Set<string>();
  const channel: AgentChannel = new AgentChannel({
    url: gatewayUrl,
    token: () => token,
    pollMs: POLL_INTERVAL_MS,
    onMessage: (message) => {
      messages.push(message);
      agent.onMessage(message);
      setTimeout(() => void acknowledge(message), READING_TIME_MS);
    },
  });
  const acknowledge = async (message: InboxMessage): Promise<void> => {
    while (channel.active) {
      const reply = await channel.request('acknowledge', { messageId: message.messageId });
      if (reply?.ok) {
        acknowledged.add(message.deliveryId);
        agent.onAcknowledged(message);
        return;
      }
    }
  };
  return { name: agent.name, messages, acknowledged, close: () => channel.close() };
}

/** Opens an agent's app that runs in the background: a push wakes it, and it reads and acknowledges over REST. */
export function openSleepingAgentApp(
  gatewayUrl: string,
  token: string,
  pushMessagesUrl: string,
  agent: {
    name: string;
    timeoutMs: number;
    onPush: (payload: string) => void;
    onMessage: (message: InboxMessage) => void;
    onAcknowledged: (message: InboxMessage) => void;
  },
): AgentApp {
  const api = new PartnerApi(gatewayUrl, token, agent.timeoutMs);
  const messages: InboxMessage[] = [];
  const acknowledged = new Set<string>();
  let pushesSeen = 0;
  let isWaking = false;

  const wake = async (): Promise<void> => {
    const { messages: pushes } = (await (await fetch(pushMessagesUrl)).json()) as { messages: { payload: string }[] };
    for (const push of pushes.slice(pushesSeen)) agent.onPush(push.payload);
    if (pushes.length === pushesSeen) return;
    pushesSeen = pushes.length;
    const { items } = await api.get<InboxPage>(`/v1/me/inbox?after=${messages.length}`);
    for (const message of items) {
      messages.push(message);
      agent.onMessage(message);
      await api.post(`/v1/me/inbox/${message.messageId}/acknowledgement`, {});
      acknowledged.add(message.deliveryId);
      agent.onAcknowledged(message);
    }
  };
  const poll = setInterval(() => {
    if (isWaking) return;
    isWaking = true;
    wake()
      .catch(() => undefined)
      .finally(() => (isWaking = false));
  }, 500);
  return { name: agent.name, messages, acknowledged, close: () => clearInterval(poll) };
}
