import { Injectable, Logger, Optional, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { Lease } from '#libs/persistence/index.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import { SearchEntryRepository } from './search-entry.repository.js';

const BATCH = 32;
const POLL_MS = 5_000;
const LEASE_MS = 30_000;

/**
 * Gives every searchable recording its meaning, behind the back of those who wait for its words. What has none, or that of
 * another model, is done one batch after another, by one replica at a time; so a new model is changed to while the app
 * serves, and what was lost is made again.
 */
@Injectable()
export class EmbedEntries implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Search');
  private readonly lease: Lease;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isDue = false;
  private stopping = false;

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

  /** There may be something to do. */
  wake(): void {
    if (!this.embedder || this.stopping) return;
    this.isDue = true;
    this.running ??= this.run(this.embedder).finally(() => (this.running = undefined));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.running;
    await this.embedder?.close();
  }

  private async run(embedder: TextEmbedder): Promise<void> {
    try {
      while (this.isDue && !this.stopping) {
        this.isDue = false;
        // Another replica does it, and looks again within seconds.
        if (!(await this.lease.acquire())) return;
        this.isDue = await this.embedSome(embedder);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'Meanings are made later.');
    } finally {
      if (!this.isDue) await this.lease.release().catch(() => undefined);
    }
  }

  /** @returns whether there may be more */
  private async embedSome(embedder: TextEmbedder): Promise<boolean> {
    const waiting = await this.entries.withoutVectorOf(embedder.model, BATCH);
    if (waiting.length === 0) return this.isDue;
    const vectors = await embedder.embed(waiting.map(({ text, wishes }) => `${text}\n${wishes}`.trim() || '-'));
    await this.entries.storeVectors(waiting, vectors, embedder.model);
    return true;
  }
}
