import { Injectable, Optional } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/transcription/search-entries.js';
import { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import { OrganizationIndex, type Comparison } from './organization-index.js';
import { SearchEntryRepository } from '../search-index/search-index.module.js';

interface LoadedIndex {
  readonly index: OrganizationIndex;
  /** Latest change that was read, in ms since the epoch. */
  seen: number;
  /** Changes read shortly before `seen`, by recording id: times of the database’s clock, in ms since the epoch. */
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
/** Maximum delay between the time that a transaction writes and its commit; the database aborts longer transactions. */
const MAX_COMMIT_DELAY_MS = 60_000;
/** Timeout of loading an index that is not in memory. Until it is loaded, searches use the database. */
const LOAD_TIMEOUT_MS = 1_000;

/**
 * The in-memory search indexes, one per organization. The database is the source of truth; each search first applies
 * its changes to the index.
 */
@Injectable()
export class OrganizationIndexes {
  /** Least recently searched first. */
  private readonly known = new Map<OrganizationId, LoadedIndex>();
  private readonly comparison: Comparison | undefined;

  constructor(
    private readonly entries: SearchEntryRepository,
    nearest: NearestVectors,
    @Optional() embedder?: TextEmbedder,
  ) {
    this.comparison = embedder ? { model: embedder.model, dimensions: embedder.dimensions, nearest } : undefined;
  }

  /**
   * Returns the index of an organization, up to date with the database.
   * @returns undefined if loading takes longer than the timeout
   */
  async get(organization: OrganizationId): Promise<OrganizationIndex | undefined> {
    const known = this.known.get(organization) ?? {
      ...{ index: new OrganizationIndex(this.comparison), seen: 0, recent: new Map<string, number>() },
      ...{ refreshing: Promise.resolve(), isLoaded: false },
    };
    this.known.delete(organization);
    this.known.set(organization, known);
    known.refreshing = known.refreshing.catch(() => undefined).then(() => this.refresh(organization, known));
    const refreshed = known.refreshing.then(() => known.index);
    if (known.isLoaded) return refreshed;
    return Promise.race([refreshed, delay(LOAD_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /** Removes entries that no longer exist in the database. */
  forget(organization: OrganizationId, ids: readonly string[]): void {
    for (const id of ids) this.known.get(organization)?.index.remove(id);
  }

  private async refresh(organization: OrganizationId, known: LoadedIndex): Promise<void> {
    for await (const entry of this.readChanges(organization, known)) {
      known.index.put(entry);
      const changedAt = entry.changedAt?.getTime() ?? 0;
      known.recent.set(entry._id, changedAt);
      known.seen = Math.max(known.seen, changedAt);
    }
    for (const [id, changedAt] of known.recent) if (changedAt < known.seen - MAX_COMMIT_DELAY_MS) known.recent.delete(id);
    known.isLoaded = true;
    this.evict(organization);
  }

  private async *readChanges(organization: OrganizationId, known: LoadedIndex): AsyncIterable<SearchEntryDocument> {
    if (!known.isLoaded) {
      yield* this.entries.all(organization);
      return;
    }
    const changes = await this.entries.changesSince(organization, new Date(known.seen - MAX_COMMIT_DELAY_MS));
    const ids = changes.filter(({ _id, changedAt }) => known.recent.get(_id) !== changedAt.getTime());
    if (ids.length > 0)
      yield* this.entries.all(
        organization,
        ids.map(({ _id }) => _id),
      );
  }

  private evict(searched: OrganizationId): void {
    let rows = [...this.known.values()].reduce((sum, { index }) => sum + index.size, 0);
    for (const [organization, { index }] of this.known) {
      if (rows <= MAX_ENTRIES || organization === searched) return;
      this.known.delete(organization);
      rows -= index.size;
    }
  }
}
