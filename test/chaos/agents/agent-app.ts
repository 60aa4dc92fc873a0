import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { SeededRandom } from '../support/seeded-random.js';
import { bearer, JsonClient } from '../support/json-client.js';

/** A message in an agent's inbox, as far as the harness looks at it. */
export interface InboxMessage {
  readonly messageId: string;
  readonly sequence: number;
  readonly messageKind: string;
  readonly deliveryId: string;
  readonly summary: string;
  readonly instructions?: unknown;
  readonly transcript?: string;
}

export interface ReceivedMessage extends InboxMessage {
  /** UTC epoch milliseconds. */
  readonly receivedAt: number;
  acknowledgedAt?: number;
}

const POLL_MS = 1_500;
const ACKNOWLEDGE_TIMEOUT_MS = 8_000;
const RETRY_MS = 500;
/** Between two breaks of the connection: a tunnel, a lift, another cell. */
const CONNECTED_MS = [10_000, 40_000] as const;
const DISCONNECTED_MS = [200, 3_000] as const;
const THINKING_MS = [100, 1_200] as const;

/**
 * An agent's application: connected by the live channel, which only hints, it reads the inbox over REST and acknowledges
 * each message after a moment, by the channel or over REST. It loses its connection now and then.
 */
export class AgentApp {
  readonly received: ReceivedMessage[] = [];
  /** Messages that the live channel brought: how often each. */
  readonly pushed = new Map<string, number>();
  readonly #api: JsonClient;
  readonly #socket: Socket;
  #sequence = 0;
  #closed = false;
  #isReading = false;
  readonly #work: Promise<unknown>[] = [];

  constructor(
    readonly agentId: string,
    readonly name: string,
    gatewayUrl: string,
    token: string,
    private readonly random: SeededRandom,
  ) {
    this.#api = new JsonClient(gatewayUrl, bearer(token), 1_000);
    this.#socket = io(gatewayUrl, {
      auth: { token },
      transports: ['websocket'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 2_000,
      forceNew: true,
    });
    this.#socket.on('connect', () => this.#read());
    this.#socket.on('message', (message: InboxMessage) => {
      this.pushed.set(message.messageId, (this.pushed.get(message.messageId) ?? 0) + 1);
      this.#read();
    });
    this.#work.push(this.#poll(), this.#breakConnection());
  }

  get unacknowledged(): number {
    return this.received.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).length;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#socket.close();
    await Promise.allSettled(this.#work);
  }

  async #poll(): Promise<void> {
    while (!this.#closed) {
      this.#read();
      await sleep(POLL_MS * this.random.between(0.7, 1.3));
    }
  }

  async #breakConnection(): Promise<void> {
    while (!this.#closed) {
      await this.#pause(this.random.between(...CONNECTED_MS));
      if (this.#closed) return;
      this.#socket.disconnect();
      await this.#pause(this.random.between(...DISCONNECTED_MS));
      if (!this.#closed) this.#socket.connect();
    }
  }

  /** Ends early when the application is closed. */
  async #pause(ms: number): Promise<void> {
    const until = Date.now() + ms;
    while (!this.#closed && Date.now() < until) await sleep(Math.min(200, ms));
  }

  #read(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    void this.#readAll()
      .catch(() => undefined)
      .finally(() => (this.#isReading = false));
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const path = `/v1/me/inbox?after=${this.#sequence}&limit=100`;
      const { items } = await this.#api.once<{ items: InboxMessage[] }>('GET', path, undefined);
      if (items.length === 0) return;
      for (const message of items) this.#take(message);
    }
  }

  #take(message: InboxMessage): void {
    this.#sequence = Math.max(this.#sequence, message.sequence);
    const received: ReceivedMessage = { ...message, receivedAt: Date.now() };
    this.received.push(received);
    this.#work.push(this.#acknowledge(received));
  }

  async #acknowledge(message: ReceivedMessage): Promise<void> {
    await sleep(this.random.between(...THINKING_MS));
    const bySocket = this.random.chance(0.5);
    while (!this.#closed) {
      const done = bySocket && this.#socket.connected ? await this.#bySocket(message) : await this.#overRest(message);
      if (done) {
        message.acknowledgedAt = Date.now();
        return;
      }
      await sleep(RETRY_MS);
    }
  }

  async #bySocket({ messageId }: ReceivedMessage): Promise<boolean> {
    try {
      const channel = this.#socket.timeout(ACKNOWLEDGE_TIMEOUT_MS);
      const answer = (await channel.emitWithAck('acknowledge', { messageId })) as { ok?: boolean };
      return answer.ok === true;
    } catch {
      return false;
    }
  }

  async #overRest({ messageId }: ReceivedMessage): Promise<boolean> {
    try {
      await this.#api.once('POST', `/v1/me/inbox/${messageId}/acknowledgement`, {}, { 'idempotency-key': messageId });
      return true;
    } catch {
      return false;
    }
  }
}
