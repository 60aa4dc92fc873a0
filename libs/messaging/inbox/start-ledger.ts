import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppName } from '#libs/contracts/kernel/index.js';
import type { NatsLink } from '../link/nats-link.js';
import { backOff } from '../link/retry-policy.js';
import { toStartSubject, STARTS_STREAM } from '../topology/topology.js';

/** One recorded start of handling a redelivered event. */
export interface Start {
  readonly messageId: string;
  /** Stream sequence of the record. */
  readonly sequence: number;
  /** The number of earlier starts that did not end because the process crashed. */
  readonly crashes: number;
}

/**
 * Counts how often the handling of a redelivered event started and did not end, which happens only when the process
 * crashes. A start is recorded before the handler runs. The records are in NATS and not in the database, so that a
 * start can be released while the database is unavailable.
 */
export class StartLedger {
  private readonly logger = new Logger('Starts');
  private isStopping = false;

  constructor(
    private readonly link: NatsLink,
    private readonly consumer: AppName,
  ) {}

  /** Stops retrying: a record that the broker does not accept at once is dropped. */
  stop(): void {
    this.isStopping = true;
  }

  /** Records a start. Retries until the broker replies. @throws the broker's error while the app stops */
  async begin(messageId: string): Promise<Start> {
    const subject = toStartSubject(this.consumer, messageId);
    // The same id for all retries, so that a record whose acknowledgement was lost is not stored twice.
    const msgID = `${subject}/${randomUUID()}`;
    return this.retryUntilRecorded(async () => {
      const { seq } = await this.link.js.publish(subject, new Uint8Array(), { msgID });
      const { state } = await this.link.jsm.streams.info(STARTS_STREAM, { subjects_filter: subject });
      return { messageId, sequence: seq, crashes: (state.subjects?.[subject] ?? 1) - 1 };
    });
  }

  /** Removes all starts of the event, after it was handled, failed or was dead-lettered. */
  async end({ messageId }: Start): Promise<void> {
    const filter = toStartSubject(this.consumer, messageId);
    await this.bestEffortWhileStopping(() => this.link.jsm.streams.purge(STARTS_STREAM, { filter }));
  }

  /** Removes only this start: the process is alive, and the event is neither handled nor failed. */
  async release({ sequence }: Start): Promise<void> {
    await this.bestEffortWhileStopping(() => this.link.jsm.streams.deleteMessage(STARTS_STREAM, sequence, false));
  }

  private async bestEffortWhileStopping(work: () => Promise<unknown>): Promise<void> {
    try {
      await this.retryUntilRecorded(work);
    } catch (error) {
      this.logger.warn(`Cannot remove the record of a started event while the app stops: ${String(error)}`);
    }
  }

  private async retryUntilRecorded<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (this.isStopping || this.link.nc.isClosed()) throw error;
        this.logger.warn(`Cannot update the records of started events in the broker; retrying: ${String(error)}`);
        await delay(backOff(failures));
        // The broker may have restarted without its streams.
        await this.link.ensureTopology().catch(() => undefined);
      }
    }
  }
}
