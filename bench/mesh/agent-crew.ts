import { io, type Socket } from 'socket.io-client';
import type { InboxMessage } from '#libs/contracts/index.js';

type Answer<T> = ({ ok: true } & T) | { ok: false; code: string; message: string };

const ANSWER_TIMEOUT_MS = 10_000;
const REPLAY_MS = 5_000;

/** One message as it reached an agent's application. */
export interface Reached {
  readonly message: InboxMessage;
  /** When it was there first, ms since the epoch on this machine's clock. */
  readonly at: number;
  /** Whether the application had to ask for it, because the socket's hint did not come. */
  readonly byReplay: boolean;
}

/** An agent's application that acknowledges at once. Keeps all it was sent, doubled or out of order. */
export class BenchAgent {
  /** By sequence, each once. */
  readonly reached = new Map<number, Reached>();
  /** Ids the server confirmed as acknowledged. */
  readonly acknowledged = new Set<string>();
  /** Two different messages under one sequence: must stay empty. */
  readonly clashes: string[] = [];
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
    this.socket.on('message', (message: InboxMessage) => this.take(message, false));
    this.timer = setInterval(() => void this.replay(), REPLAY_MS);
  }

  /** @throws Error when the gateway does not admit it in time */
  connected(): Promise<void> {
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

  /** The first sequence that is missing. */
  get nextSequence(): number {
    let next = 1;
    while (this.reached.has(next)) next += 1;
    return next;
  }

  /** The socket's messages are hints only, as for every application: what they missed is asked for. */
  private async replay(): Promise<void> {
    const answer = await this.ask<{ items: InboxMessage[] }>('replay', { afterSequence: this.nextSequence - 1 });
    if (answer?.ok) for (const message of answer.items) this.take(message, true);
  }

  private take(message: InboxMessage, byReplay: boolean): void {
    const known = this.reached.get(message.sequence);
    if (known) {
      if (known.message.messageId !== message.messageId) this.clashes.push(message.messageId);
      return;
    }
    this.reached.set(message.sequence, { message, at: this.now(), byReplay });
    void this.acknowledge(message.messageId);
  }

  private async acknowledge(messageId: string): Promise<void> {
    while (this.socket.active) {
      const answer = await this.ask<object>('acknowledge', { messageId });
      if (answer?.ok) {
        this.acknowledged.add(messageId);
        this.onAcknowledged();
        return;
      }
      if (answer) this.refusals.push(`${answer.code}: ${answer.message}`);
    }
  }

  private async ask<T>(event: string, body: object): Promise<Answer<T> | null> {
    try {
      return (await this.socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, body)) as Answer<T>;
    } catch {
      return null;
    }
  }
}
