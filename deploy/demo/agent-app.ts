import { io, type Socket } from 'socket.io-client';
import type { InboxMessage, InboxPage } from '#libs/contracts/index.js';
import { PartnerApi } from './partner-api.js';

/** An agent's application: takes each message of the inbox once and in order, and acknowledges it. */
export interface AgentApp {
  readonly name: string;
  /** In the order of their sequence, each once. */
  readonly messages: readonly InboxMessage[];
  /** Deliveries of which a message was acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  close(): void;
}

type Answer<T> = ({ ok: true } & T) | { ok: false; code: string; message: string };
const READING_MS = 300;
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * The application in the agent's hand, connected by Socket.IO. What the socket brings is a hint only: whenever it
 * (re)connects, or a sequence is missing, it asks for everything after the last message it has.
 */
export function openAgentApp(
  gatewayUrl: string,
  token: string,
  agent: { name: string; onMessage: (message: InboxMessage) => void; onAcknowledged: (message: InboxMessage) => void },
): AgentApp {
  const socket: Socket = io(gatewayUrl, { auth: { token }, transports: ['websocket'], reconnectionDelayMax: 1_000 });
  const messages: InboxMessage[] = [];
  const acknowledged = new Set<string>();

  const take = (message: InboxMessage): void => {
    if (message.sequence !== messages.length + 1) return;
    messages.push(message);
    agent.onMessage(message);
    setTimeout(() => void acknowledge(message), READING_MS);
  };
  const replay = async (): Promise<void> => {
    const answer = await ask<{ items: InboxMessage[] }>(socket, 'replay', { afterSequence: messages.length });
    if (answer?.ok) answer.items.forEach(take);
  };
  const acknowledge = async (message: InboxMessage): Promise<void> => {
    while (socket.active) {
      const answer = await ask<object>(socket, 'acknowledge', { messageId: message.messageId });
      if (answer?.ok) {
        acknowledged.add(message.deliveryId);
        agent.onAcknowledged(message);
        return;
      }
    }
  };

  socket.on('connect', () => void replay());
  socket.on('message', (message: InboxMessage) => {
    if (message.sequence > messages.length + 1) void replay();
    else take(message);
  });
  // A hint that was lost on its way is found by asking now and then, as an application in a pocket would.
  const poll = setInterval(() => void replay(), 2_000);
  return {
    name: agent.name,
    messages,
    acknowledged,
    close: () => {
      clearInterval(poll);
      socket.close();
    },
  };
}

/** `null` when no answer came in time; ask again. */
async function ask<T>(socket: Socket, event: string, body: object): Promise<Answer<T> | null> {
  try {
    return (await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, body)) as Answer<T>;
  } catch {
    return null;
  }
}

/** An agent whose application is closed: a push wakes it, and it reads and acknowledges over REST. */
export function openSleepingAgentApp(
  gatewayUrl: string,
  token: string,
  pushMessagesUrl: string,
  agent: {
    name: string;
    patienceMs: number;
    onPush: (payload: string) => void;
    onMessage: (message: InboxMessage) => void;
    onAcknowledged: (message: InboxMessage) => void;
  },
): AgentApp {
  const api = new PartnerApi(gatewayUrl, token, agent.patienceMs);
  const messages: InboxMessage[] = [];
  const acknowledged = new Set<string>();
  let pushesSeen = 0;
  let busy = false;

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
    if (busy) return;
    busy = true;
    wake()
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, 500);
  return { name: agent.name, messages, acknowledged, close: () => clearInterval(poll) };
}
