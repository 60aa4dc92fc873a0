import type { ConsumerInfo, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { setImmediate as nextMacrotask, setTimeout as delay } from 'node:timers/promises';
import type { NatsLink } from './nats-link.js';
import { backOff } from './retry-policy.js';

/** Options of a pull loop. */
export interface PullLoopOptions {
  readonly stream: string;
  /** The name of the durable consumer. */
  readonly durable: string;
  /** Maximum messages per batch, and maximum unacknowledged messages in this process. */
  readonly batchSize: number;
  readonly ackWaitMs: number;
  /** Handles the messages, and acknowledges or negatively acknowledges each. Must not reject. */
  readonly process: (messages: readonly JsMsg[]) => Promise<void>;
}

/** How long the server keeps one pull request open. */
const PULL_EXPIRES_MS = 30_000;
/** After two missed heartbeats the client makes a new pull request. */
const HEARTBEAT_MS = 5_000;

/**
 * Pulls the messages of one durable JetStream consumer and processes them in batches, one batch at a time. A batch
 * consists of the messages that have arrived when the previous batch is processed. The next pull request is sent when
 * all messages of the previous one are processed, so this process holds at most `batchSize` unacknowledged messages.
 */
export class PullLoop {
  private readonly logger: Logger;
  private readonly unacknowledged = new Set<JsMsg>();
  private current: ConsumerMessages | null = null;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly link: NatsLink,
    private readonly options: PullLoopOptions,
  ) {
    this.logger = new Logger(`Pull ${options.stream}`);
  }

  start(): void {
    // Prevents redelivery of messages that are handled, or wait for the current batch, for longer than the ack wait.
    const ackWaitExtension = setInterval(() => this.extendAckWait(), this.options.ackWaitMs / 3);
    this.running = this.run().finally(() => clearInterval(ackWaitExtension));
  }

  /** Stops pulling. Resolves when the current batch is processed and all other messages are returned to the server. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.current?.close();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.isStopping;) {
      try {
        await this.pullOnce();
        failures = 0;
      } catch (error) {
        if (this.isStopping || !this.link.isOpen) return;
        this.logger.warn(`Pull request failed; retrying: ${String(error)}`);
        await delay(backOff(failures));
        failures += 1;
        if (!(await this.link.whenConnected()) || this.isStopping) return;
        await this.link
          .ensureTopology()
          .catch((cause: unknown) => this.logger.warn(`JetStream is not ready: ${String(cause)}`));
      }
    }
  }

  private async pullOnce(): Promise<void> {
    const { stream, durable, batchSize } = this.options;
    // `bind` avoids a consumer lookup before each request. After a reconnect the client repeats the request.
    const consumer = this.link.js.consumers.getConsumerFromInfo({
      stream_name: stream,
      name: durable,
      config: {},
    } as ConsumerInfo);
    const request = { max_messages: batchSize, expires: PULL_EXPIRES_MS, idle_heartbeat: HEARTBEAT_MS, bind: true };
    const messages = await consumer.fetch(request);
    this.current = messages;
    if (this.isStopping) await messages.close();
    const arrived = new ArrivedMessages(messages, (message) => this.unacknowledged.add(message));
    for (;;) {
      const batch = await arrived.next(batchSize);
      if (batch.length === 0) return arrived.throwIfFailed();
      try {
        if (this.isStopping) for (const message of batch) message.nak();
        else await this.options.process(batch);
      } finally {
        for (const message of batch) this.unacknowledged.delete(message);
      }
    }
  }

  private extendAckWait(): void {
    for (const message of this.unacknowledged) message.working();
  }
}

/** Buffers the messages of one pull request, so that all that have arrived form one batch. */
class ArrivedMessages {
  private readonly waiting: JsMsg[] = [];
  private hasEnded = false;
  private failure: unknown = null;
  private wake: () => void = () => undefined;

  constructor(messages: ConsumerMessages, onArrival: (message: JsMsg) => void) {
    void this.collect(messages, onArrival);
  }

  /** Waits for at least one message. @returns up to `max` buffered messages; empty when the pull request has ended */
  async next(max: number): Promise<JsMsg[]> {
    while (this.waiting.length === 0 && !this.hasEnded) await new Promise<void>((resolve) => (this.wake = resolve));
    // Events of one transaction are published together. In the next iteration of the event loop all of them have
    // arrived, so that they form one batch and are handled in one transaction.
    await nextMacrotask();
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
      this.hasEnded = true;
      this.wake();
    }
  }
}
