import { io, type Socket } from 'socket.io-client';
import type { InboxMessage } from '#libs/contracts/index.js';

type Reply<T> = ({ ok: true } & T) | { ok: false; code: string; message: string };

const REPLY_TIMEOUT_MS = 10_000;
const REPLAY_INTERVAL_MS = 5_000;

/** A message as an agent's application received it. */
export interface ReceivedMessage {
  readonly message: InboxMessage;
  /** When the application first had it, in milliseconds since the epoch on this machine's clock. */
  readonly at: number;
  /** Whether the application had to request it, because the socket did not deliver it. */
  readonly byReplay: boolean;
}

/**
 * An agent's application that acknowledges every message at once. Keeps everything it received, including duplicates
 * and messages out of order.
 */
export class BenchAgent {
  /** Received messages by sequence, each once. */
  readonly received = new Map<number, ReceivedMessage>();
  /** Ids that the server confirmed as acknowledged. */
  readonly acknowledged = new Set<string>();
  /** Ids of messages that arrived under another message's sequence; must stay empty. */
  readonly clashes: string[] = [];
  /** Error replies to acknowledgements, as `code: message`. */
  readonly refusals: string[] = [];
  private readonly socket: Socket;
  private readonly timer: NodeJS.Timeout;

  constructor(
    readonly agentId: string,
    gatewayUrl: string,
    token: string,
    private readonly now: () => number,
    private readonly onAcknowledged: () => void,
  ) {
    this.socket = io(gatewayUrl, { auth: { token }, transports: ['websocket'], forceNew: true });
    this.socket.on('message', (message: InboxMessage) => this.receive(message, false));
    this.timer = setInterval(() => void this.replay(), REPLAY_INTERVAL_MS);
  }

  /** @throws Error if the gateway does not accept the connection in time. */
  waitUntilConnected(): Promise<void> {
    if (this.socket.connected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.socket.once('connect', () => resolve());
      this.socket.once('connect_error', reject);
    });
  }

  close(): void {
    clearInterval(this.timer);
    this.socket.close();
  }

  /** The first missing sequence number. */
  get nextSequence(): number {
    let next = 1;
    while (this.received.has(next)) next += 1;
    return next;
  }

  /** Requests messages that the socket did not deliver, because delivery over the socket is best effort. */
  private async replay(): Promise<void> {
    const reply = await this.request<{ items: InboxMessage[] }>('replay', { afterSequence: this.nextSequence - 1 });
    if (reply?.ok) for (const message of reply.items) this.receive(message, true);
  }

  private receive(message: InboxMessage, byReplay: boolean): void {
    const existing = this.received.get(message.sequence);
    if (existing) {
      if (existing.message.messageId !== message.messageId) this.clashes.push(message.messageId);
      return;
    }
    this.received.set(message.sequence, { message, at: this.now(), byReplay });
    void this.acknowledge(message.messageId);
  }

  private async acknowledge(messageId: string): Promise<void> {
    while (this.socket.active) {
      const reply = await this.request<object>('acknowledge', { messageId });
      if (reply?.ok) {
        this.acknowledged.add(messageId);
        this.onAcknowledged();
        return;
      }
      if (reply) this.refusals.push(`${reply.code}: ${reply.message}`);
    }
  }

  private async request<T>(event: string, body: object): Promise<Reply<T> | null> {
    try {
      return (await this.socket.timeout(REPLY_TIMEOUT_MS).emitWithAck(event, body)) as Reply<T>;
    } catch {
      return null;
    }
  }
}
