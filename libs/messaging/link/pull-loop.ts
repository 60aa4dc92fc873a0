import type { ConsumerInfo, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { NatsLink } from './nats-link.js';
import { backOff } from './retry-policy.js';

export interface PullLoopOptions {
  readonly stream: string;
  readonly durable: string;
  /** Most messages given at once, and most in this process's hands. */
  readonly batchSize: number;
  readonly ackWaitMs: number;
  /** Settles each of the messages: acknowledges it, or asks for it again. Must not reject. */
  readonly process: (messages: readonly JsMsg[]) => Promise<void>;
}

/** How long one request for messages stays open at the server. */
const REQUEST_MS = 30_000;
/** Two of these without a sign of life, and the request is made anew. */
const HEARTBEAT_MS = 5_000;

/**
 * Pulls messages of one durable consumer and hands them on in batches of whatever has arrived, one batch at a time. A new
 * request is made only when the last one is used up and handled, so no more than one batch waits here unacknowledged.
 */
export class PullLoop {
  private readonly logger: Logger;
  private readonly inHand = new Set<JsMsg>();
  private current: ConsumerMessages | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly link: NatsLink,
    private readonly options: PullLoopOptions,
  ) {
    this.logger = new Logger(`Pull ${options.stream}`);
  }

  start(): void {
    // A handler may take longer than the server's patience; so may those waiting behind it.
    const renewal = setInterval(() => this.renew(), this.options.ackWaitMs / 3);
    this.running = this.run().finally(() => clearInterval(renewal));
  }

  /** Asks for no more; resolves when the batch in hand is settled and the rest has gone back to the server. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.current?.close();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      try {
        await this.pullOnce();
        failures = 0;
      } catch (error) {
        if (this.stopping || !this.link.isOpen) return;
        this.logger.warn(`Pulling failed and is begun anew: ${String(error)}`);
        await delay(backOff(failures));
        failures += 1;
        if (!(await this.link.whenConnected()) || this.stopping) return;
        await this.link
          .ensureTopology()
          .catch((cause: unknown) => this.logger.warn(`JetStream is not ready: ${String(cause)}`));
      }
    }
  }

  private async pullOnce(): Promise<void> {
    const { stream, durable, batchSize } = this.options;
    // Bound: no look-up before each request, and after a reconnect the request is simply made again.
    const consumer = this.link.js.consumers.getConsumerFromInfo({
      stream_name: stream,
      name: durable,
      config: {},
    } as ConsumerInfo);
    const request = { max_messages: batchSize, expires: REQUEST_MS, idle_heartbeat: HEARTBEAT_MS, bind: true };
    const messages = await consumer.fetch(request);
    this.current = messages;
    if (this.stopping) await messages.close();
    const arrivals = new Arrivals(messages, (message) => this.inHand.add(message));
    for (;;) {
      const batch = await arrivals.next(batchSize);
      if (batch.length === 0) return arrivals.failIfFailed();
      try {
        if (this.stopping) for (const message of batch) message.nak();
        else await this.options.process(batch);
      } finally {
        for (const message of batch) this.inHand.delete(message);
      }
    }
  }

  private renew(): void {
    for (const message of this.inHand) message.working();
  }
}

/** Collects what a request brings, so that all that is there can be taken at once. */
class Arrivals {
  private readonly waiting: JsMsg[] = [];
  private ended = false;
  private failure: unknown = null;
  private wake: () => void = () => undefined;

  constructor(messages: ConsumerMessages, onArrival: (message: JsMsg) => void) {
    void this.collect(messages, onArrival);
  }

  /** Waits for at least one, and takes along what came with it; empty when the request is used up. */
  async next(most: number): Promise<JsMsg[]> {
    while (this.waiting.length === 0 && !this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    // Events of one transaction are published together: a turn later they are all here, and one commit does for them.
    await nextTurn();
    return this.waiting.splice(0, most);
  }

  failIfFailed(): void {
    if (this.failure !== null) throw this.failure as Error;
  }

  private async collect(messages: ConsumerMessages, onArrival: (message: JsMsg) => void): Promise<void> {
    try {
      for await (const message of messages) {
        onArrival(message);
        this.waiting.push(message);
        this.wake();
      }
    } catch (error) {
      this.failure = error;
    } finally {
      this.ended = true;
      this.wake();
    }
  }
}
