import { Injectable, Logger } from '@nestjs/common';
import type { EventEnvelope } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { ProjectionStore } from '../projections/projections.module.js';
import { RecordEvent } from './record-event.js';
import { TimelineRepository } from '../timeline/timeline.module.js';

const EVENTS_PER_TRANSACTION = 64;

/**
 * Makes every projection and story anew from the events, after a change of rules or a loss. The app may go on consuming
 * meanwhile: an event that is applied both ways changes nothing the second time. Figures are incomplete until it is done.
 */
@Injectable()
export class RebuildProjections {
  private readonly logger = new Logger(RebuildProjections.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly projections: ProjectionStore,
    private readonly timeline: TimelineRepository,
    private readonly recordEvent: RecordEvent,
  ) {}

  /**
   * @param history every event, in any order: see `readHistory`. What the streams no longer hold must be republished from
   *   the owners' outboxes first, as it is forgotten here.
   * @returns how many events were applied
   */
  async execute(history: AsyncIterable<EventEnvelope>): Promise<number> {
    await this.projections.clear();
    await this.timeline.clear();
    let applied = 0;
    for await (const batch of inBatches(history, EVENTS_PER_TRANSACTION)) {
      await this.transactions.run(async (tx) => {
        for (const event of batch) await this.recordEvent.execute(event, tx);
      });
      applied += batch.length;
    }
    this.logger.log({ applied }, 'The projections were rebuilt');
    return applied;
  }
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
