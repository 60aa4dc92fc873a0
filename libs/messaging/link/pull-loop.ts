import type { ConsumerInfo, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { NatsLink } from './nats-link.js';
import { backOff } from './retry-policy.js';

export interface PullLoopOptions {
  readonly stream: string;
  readonly durable: string;
  /** Maximum messages per batch, and maximum unacknowledged messages in this process. */
  readonly batchSize: number;
  readonly ackWaitMs: number;
  /** Acknowledges or negatively acknowledges every message. Must not reject. */
  readonly process: (messages: readonly JsMsg[]) => Promise<void>;
}

/** How long one pull request stays open at the server. */
const PULL_EXPIRES_MS = 30_000;
/** After two missed heartbeats the client makes a new pull request. */
const HEARTBEAT_MS = 5_000;

/**
 * Pulls the messages of one durable consumer and processes them in batches, one batch at a time; a batch is what has
 * arrived so far. The next pull request follows when the messages of the last one are processed, so at most one batch
 * waits here unacknowledged.
 */
export class PullLoop {
  private readonly logger: Logger;
  private readonly unsettled = new Set<JsMsg>();
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
    // A handler may run longer than the ack wait, and so may the messages that wait behind it.
    const renewal = setInterval(() => this.renew(), this.options.ackWaitMs / 3);
    this.running = this.run().finally(() => clearInterval(renewal));
  }

  /** Stops pulling. Resolves when the current batch is processed and all other messages are returned to the server. */
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
        this.logger.warn(`Pull request failed; retrying: ${String(error)}`);
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
    // `bind` avoids a consumer look-up before each request. After a reconnect the request is repeated.
    const consumer = this.link.js.consumers.getConsumerFromInfo({
      stream_name: stream,
      name: durable,
      config: {},
    } as ConsumerInfo);
    const request = { max_messages: batchSize, expires: PULL_EXPIRES_MS, idle_heartbeat: HEARTBEAT_MS, bind: true };
    const messages = await consumer.fetch(request);
    this.current = messages;
    if (this.stopping) await messages.close();
    const arrivals = new Arrivals(messages, (message) => this.unsettled.add(message));
    for (;;) {
      const batch = await arrivals.next(batchSize);
      if (batch.length === 0) return arrivals.throwIfFailed();
      try {
        if (this.stopping) for (const message of batch) message.nak();
        else await this.options.process(batch);
      } finally {
        for (const message of batch) this.unsettled.delete(message);
      }
    }
  }

  private renew(): void {
    for (const message of this.unsettled) message.working();
  }
}

/** Buffers the messages of one pull request, so that all that have arrived form one batch. */
class Arrivals {
  private readonly waiting: JsMsg[] = [];
  private ended = false;
  private failure: unknown = null;
  private wake: () => void = () => undefined;

  constructor(messages: ConsumerMessages, onArrival: (message: JsMsg) => void) {
    void this.collect(messages, onArrival);
  }

  /** Waits for at least one message. @returns up to `max` buffered messages; empty when the pull request has ended */
  async next(max: number): Promise<JsMsg[]> {
    while (this.waiting.length === 0 && !this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    // Events of one transaction are published together. One event-loop turn later all of them have arrived and share a
    // commit.
    await nextTurn();
    return this.waiting.splice(0, max);
  }

  throwIfFailed(): void {
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
