import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { SeededRandom } from '../support/seeded-random.js';
import { bearer, JsonClient } from '../support/json-client.js';

/** The part of an inbox message that the harness uses. */
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
/** Time between two interruptions of the connection, as in a tunnel or an elevator. */
const CONNECTED_MS = [10_000, 40_000] as const;
const DISCONNECTED_MS = [200, 3_000] as const;
const ACKNOWLEDGE_DELAY_MS = [100, 1_200] as const;

/**
 * An agent's application. A message over the live channel is only a wake-up: the application then reads the inbox over
 * REST. It acknowledges each message after a delay, over the channel or over REST. It loses its connection at random
 * times.
 */
export class AgentApp {
  readonly received: ReceivedMessage[] = [];
  /** How often the live channel delivered each message. */
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
      const { items } = await this.#api.requestOnce<{ items: InboxMessage[] }>('GET', path, undefined);
      if (items.length === 0) return;
      for (const message of items) this.#receive(message);
    }
  }

  #receive(message: InboxMessage): void {
    this.#sequence = Math.max(this.#sequence, message.sequence);
    const received: ReceivedMessage = { ...message, receivedAt: Date.now() };
    this.received.push(received);
    this.#work.push(this.#acknowledge(received));
  }

  async #acknowledge(message: ReceivedMessage): Promise<void> {
    await sleep(this.random.between(...ACKNOWLEDGE_DELAY_MS));
    const usesSocket = this.random.chance(0.5);
    while (!this.#closed) {
      const isAcknowledged =
        usesSocket && this.#socket.connected
          ? await this.#acknowledgeBySocket(message)
          : await this.#acknowledgeOverRest(message);
      if (isAcknowledged) {
        message.acknowledgedAt = Date.now();
        return;
      }
      await sleep(RETRY_MS);
    }
  }

  async #acknowledgeBySocket({ messageId }: ReceivedMessage): Promise<boolean> {
    try {
      const channel = this.#socket.timeout(ACKNOWLEDGE_TIMEOUT_MS);
      const reply = (await channel.emitWithAck('acknowledge', { messageId })) as { ok?: boolean };
      return reply.ok === true;
    } catch {
      return false;
    }
  }

  async #acknowledgeOverRest({ messageId }: ReceivedMessage): Promise<boolean> {
    try {
      await this.#api.requestOnce(
        'POST',
        `/v1/me/inbox/${messageId}/acknowledgement`,
        {},
        { 'idempotency-key': messageId },
      );
      return true;
    } catch {
      return false;
    }
  }
}
