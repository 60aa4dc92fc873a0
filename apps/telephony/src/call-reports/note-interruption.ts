import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { ApplyInterruption } from './apply-interruption.js';

/**
 * Pauses between tries: 44 s in total, longer than a database failover. Until the database is available, the call
 * cannot be concluded either.
 */
const RETRY_PAUSES_MS = [200, 1_000, 3_000, 10_000, 30_000];

/**
 * Records that telephony failed to handle a webhook, so that the end of the call is not treated as a hang-up by the
 * customer.
 * Runs in parallel with the response to the carrier and retries while the database is unavailable.
 */
@Injectable()
export class NoteInterruption {
  private readonly logger = new Logger(NoteInterruption.name);

  constructor(private readonly applyInterruption: ApplyInterruption) {}

  /** Never rejects: logs an interruption that cannot be stored. */
  async execute(attemptId: string): Promise<void> {
    for (const pauseMs of [0, ...RETRY_PAUSES_MS]) {
      if (pauseMs > 0) await delay(pauseMs, undefined, { ref: false });
      try {
        await this.applyInterruption.execute(attemptId);
        return;
      } catch (error) {
        this.logger.warn({ attemptId, error: String(error) }, 'Could not record that a webhook of a call failed.');
      }
    }
  }
}
