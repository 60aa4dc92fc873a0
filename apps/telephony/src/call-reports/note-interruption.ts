import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { ApplyInterruption } from './apply-interruption.js';

/** Pauses between tries. A database that fails over is back within them, and the call cannot be concluded before it is. */
const PAUSES_MS = [200, 1_000, 3_000, 10_000, 30_000];

/**
 * Notes that a webhook of ours failed in a call, so that the call's end is not taken for the customer's hanging up. It
 * happens beside the answer to the carrier, which never waits for it, and goes on while the database is unavailable.
 */
@Injectable()
export class NoteInterruption {
  private readonly logger = new Logger(NoteInterruption.name);

  constructor(private readonly applyInterruption: ApplyInterruption) {}

  /** Never rejects: a note that cannot be stored is logged. */
  async execute(attemptId: string): Promise<void> {
    for (const pauseMs of [0, ...PAUSES_MS]) {
      if (pauseMs > 0) await delay(pauseMs, undefined, { ref: false });
      try {
        await this.applyInterruption.execute(attemptId);
        return;
      } catch (error) {
        this.logger.warn({ attemptId, error: String(error) }, 'Could not note that a webhook of a call failed.');
      }
    }
  }
}
