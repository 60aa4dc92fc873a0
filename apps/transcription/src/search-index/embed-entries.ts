import { Injectable, Logger, Optional, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { Lease } from '#libs/persistence/index.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import { SearchEntryRepository } from './search-entry.repository.js';

const BATCH_SIZE = 32;
const POLL_MS = 5_000;
const LEASE_MS = 30_000;

/**
 * Computes the embeddings of search entries in the background. Entries without a vector, or with one of another model,
 * are embedded in batches by one replica at a time. The model can therefore change without downtime, and lost vectors
 * are recomputed.
 */
@Injectable()
export class EmbedEntries implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Search');
  private readonly lease: Lease;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private mayHaveMore = false;
  private isStopping = false;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly entries: SearchEntryRepository,
    @Optional() private readonly embedder?: TextEmbedder,
  ) {
    this.lease = new Lease(connection, 'search-embedder', randomUUID(), LEASE_MS);
  }

  onApplicationBootstrap(): void {
    if (this.embedder) this.timer = setInterval(() => this.wake(), POLL_MS);
  }

  /** Starts a run. If one is in progress, that run looks for entries once more before it ends. */
  wake(): void {
    if (!this.embedder || this.isStopping) return;
    this.mayHaveMore = true;
    this.running ??= this.run(this.embedder).finally(() => (this.running = undefined));
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
    await this.embedder?.close();
  }

  private async run(embedder: TextEmbedder): Promise<void> {
    try {
      while (this.mayHaveMore && !this.isStopping) {
        this.mayHaveMore = false;
        // Another replica holds the lease; it polls again within seconds.
        if (!(await this.lease.acquire())) return;
        this.mayHaveMore = await this.embedBatch(embedder);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'Embedding of search entries failed; the next poll retries.');
    } finally {
      if (!this.mayHaveMore) await this.lease.release().catch(() => undefined);
    }
  }

  /** @returns whether there may be more entries to embed */
  private async embedBatch(embedder: TextEmbedder): Promise<boolean> {
    const entriesToEmbed = await this.entries.findWithoutVector(embedder.model, BATCH_SIZE);
    if (entriesToEmbed.length === 0) return this.mayHaveMore;
    const vectors = await embedder.embed(entriesToEmbed.map(({ text, wishes }) => `${text}\n${wishes}`.trim() || '-'));
    await this.entries.storeVectors(entriesToEmbed, vectors, embedder.model);
    return true;
  }
}
