import { Injectable, Optional } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/transcription/search-entries.js';
import { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import { OrganizationIndex, type EmbeddingSpace } from './organization-index.js';
import { SearchEntryRepository } from '../search-index/search-index.module.js';

interface LoadedIndex {
  readonly index: OrganizationIndex;
  /** Time of the latest change that was read, in ms since the epoch. */
  latestChangeMs: number;
  /** `changedAt` of each recently read entry, by recording id, in ms since the epoch by the database’s clock. */
  readonly recent: Map<string, number>;
  /** The current refresh. Refreshes run one at a time. */
  refreshing: Promise<void>;
  isLoaded: boolean;
}

/**
 * Maximum number of entries in memory over all organizations: about 3.6 KB each with vectors of 384 dimensions. The
 * index being searched is never evicted.
 */
const MAX_ENTRIES = 150_000;
/** Maximum time between a write and the commit of its transaction. The database aborts longer transactions. */
const MAX_COMMIT_DELAY_MS = 60_000;
/** Timeout of loading an index that is not in memory. Until it is loaded, searches use the database. */
const LOAD_TIMEOUT_MS = 1_000;

/**
 * The in-memory search indexes, one per organization. The database is the source of truth: before each search, the
 * index is refreshed with the changes in the database.
 */
@Injectable()
export class OrganizationIndexes {
  /** Least recently searched first. */
  private readonly loaded = new Map<OrganizationId, LoadedIndex>();
  private readonly embeddingSpace: EmbeddingSpace | undefined;

  constructor(
    private readonly entries: SearchEntryRepository,
    nearest: NearestVectors,
    @Optional() embedder?: TextEmbedder,
  ) {
    this.embeddingSpace = embedder ? { model: embedder.model, dimensions: embedder.dimensions, nearest } : undefined;
  }

  /**
   * Returns the index of an organization, up to date with the database.
   * @returns undefined if loading takes longer than the timeout
   */
  async get(organization: OrganizationId): Promise<OrganizationIndex | undefined> {
    const loaded = this.loaded.get(organization) ?? {
      index: new OrganizationIndex(this.embeddingSpace),
      latestChangeMs: 0,
      recent: new Map<string, number>(),
      refreshing: Promise.resolve(),
      isLoaded: false,
    };
    this.loaded.delete(organization);
    this.loaded.set(organization, loaded);
    loaded.refreshing = loaded.refreshing.catch(() => undefined).then(() => this.refresh(organization, loaded));
    const refreshedIndex = loaded.refreshing.then(() => loaded.index);
    if (loaded.isLoaded) return refreshedIndex;
    return Promise.race([refreshedIndex, delay(LOAD_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /** Removes from the index entries that no longer exist in the database. */
  forget(organization: OrganizationId, ids: readonly string[]): void {
    for (const id of ids) this.loaded.get(organization)?.index.remove(id);
  }

  private async refresh(organization: OrganizationId, loaded: LoadedIndex): Promise<void> {
    for await (const entry of this.readChanges(organization, loaded)) {
      loaded.index.put(entry);
      const changedAt = entry.changedAt?.getTime() ?? 0;
      loaded.recent.set(entry._id, changedAt);
      loaded.latestChangeMs = Math.max(loaded.latestChangeMs, changedAt);
    }
    for (const [id, changedAt] of loaded.recent)
      if (changedAt < loaded.latestChangeMs - MAX_COMMIT_DELAY_MS) loaded.recent.delete(id);
    loaded.isLoaded = true;
    this.evict(organization);
  }

  private async *readChanges(organization: OrganizationId, loaded: LoadedIndex): AsyncIterable<SearchEntryDocument> {
    if (!loaded.isLoaded) {
      yield* this.entries.findAll(organization);
      return;
    }
    const since = new Date(loaded.latestChangeMs - MAX_COMMIT_DELAY_MS);
    const changes = await this.entries.findChangesSince(organization, since);
    const unreadChanges = changes.filter(({ _id, changedAt }) => loaded.recent.get(_id) !== changedAt.getTime());
    if (unreadChanges.length > 0)
      yield* this.entries.findAll(
        organization,
        unreadChanges.map(({ _id }) => _id),
      );
  }

  private evict(searched: OrganizationId): void {
    let entryCount = [...this.loaded.values()].reduce((sum, { index }) => sum + index.size, 0);
    for (const [organization, { index }] of this.loaded) {
      if (entryCount <= MAX_ENTRIES || organization === searched) return;
      this.loaded.delete(organization);
      entryCount -= index.size;
    }
  }
}
