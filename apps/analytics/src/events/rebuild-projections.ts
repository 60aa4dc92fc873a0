import { Injectable, Logger } from '@nestjs/common';
import type { EventEnvelope } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { ProjectionStore } from '../projections/projections.module.js';
import { RecordEvent } from './record-event.js';
import { TimelineRepository } from '../timeline/timeline.module.js';

const EVENTS_PER_TRANSACTION = 64;

/**
 * Rebuilds every projection and timeline from the events, after a projection rule changes or projections are lost. The
 * app may keep consuming events meanwhile, because applying an event is idempotent. Figures are incomplete until the
 * rebuild finishes.
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
   * @param history every event, in any order: see `readHistory`. Events that the streams no longer hold must first be
   *   republished from the owners' outboxes; otherwise their data is lost.
   * @returns the number of events applied
   */
  async execute(history: AsyncIterable<EventEnvelope>): Promise<number> {
    await this.projections.clear();
    await this.timeline.clear();
    let applied = 0;
    for await (const batch of toBatches(history, EVENTS_PER_TRANSACTION)) {
      await this.transactions.run(async (tx) => {
        for (const event of batch) await this.recordEvent.execute(event, tx);
      });
      applied += batch.length;
    }
    this.logger.log({ applied }, 'Projections rebuilt');
    return applied;
  }
}

async function* toBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
