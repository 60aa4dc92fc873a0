import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppName } from '#libs/contracts/kernel/index.js';
import type { NatsLink } from '../link/nats-link.js';
import { backOff } from '../link/retry-policy.js';
import { startSubject, STARTS_STREAM } from '../topology/topology.js';

/** One start of handling an event alone. */
export interface Start {
  readonly messageId: string;
  /** Of its record in the stream. */
  readonly sequence: number;
  /** How many starts before this one never ended, each by the death of its process. */
  readonly deaths: number;
}

/**
 * Counts how often the handling of a redelivered event began and never ended: only the death of the process does that.
 * Recorded before the handler runs. The records are in the broker, not in the database, so that a start which the
 * database's unavailability ended is taken back while the database is still unavailable.
 */
export class StartLedger {
  private readonly logger = new Logger('Starts');
  private stopping = false;

  constructor(
    private readonly link: NatsLink,
    private readonly consumer: AppName,
  ) {}

  /** From now on nothing is retried: what the broker does not record at once is not recorded. */
  stop(): void {
    this.stopping = true;
  }

  /** Waits for the broker where it does not answer. @throws the broker's error while the app stops */
  async begin(messageId: string): Promise<Start> {
    const subject = startSubject(this.consumer, messageId);
    // Kept for the retries: a record whose acknowledgement was lost is not made twice.
    const msgID = `${subject}/${randomUUID()}`;
    return this.persist(async () => {
      const { seq } = await this.link.js.publish(subject, new Uint8Array(), { msgID });
      const { state } = await this.link.jsm.streams.info(STARTS_STREAM, { subjects_filter: subject });
      return { messageId, sequence: seq, deaths: (state.subjects?.[subject] ?? 1) - 1 };
    });
  }

  /** The event was handled, failed or given up: it ended the process at none of its starts, or need not be tried again. */
  async end({ messageId }: Start): Promise<void> {
    const filter = startSubject(this.consumer, messageId);
    await this.unlessStopping(() => this.link.jsm.streams.purge(STARTS_STREAM, { filter }));
  }

  /** This start ended with the process alive and nothing decided: it alone does not count. */
  async takeBack({ sequence }: Start): Promise<void> {
    await this.unlessStopping(() => this.link.jsm.streams.deleteMessage(STARTS_STREAM, sequence, false));
  }

  private async unlessStopping(work: () => Promise<unknown>): Promise<void> {
    try {
      await this.persist(work);
    } catch (error) {
      this.logger.warn(`The end of a start is not recorded, as the app stops: ${String(error)}`);
    }
  }

  private async persist<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (this.stopping || this.link.nc.isClosed()) throw error;
        this.logger.warn(`The broker does not record starts, and is asked again: ${String(error)}`);
        await delay(backOff(tries));
        // The broker may have come back without its streams.
        await this.link.ensureTopology().catch(() => undefined);
      }
    }
  }
}
