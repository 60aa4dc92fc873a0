import { Injectable, Optional } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/transcription/search-entries.js';
import { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import { OrganizationIndex, type Comparison } from './organization-index.js';
import { SearchEntryRepository } from '../search-index/search-index.module.js';

interface Known {
  readonly index: OrganizationIndex;
  /** The latest change seen. */
  seen: number;
  /** Changes shortly before that, by the recording: an instant of the database's clock. */
  readonly lately: Map<string, number>;
  /** One look at a time. */
  looking: Promise<void>;
  isLoaded: boolean;
}

/** In memory over all organisations: 3.6 KB each with vectors of 384 dimensions. The one that is searched is always kept. */
const MOST_ROWS = 150_000;
/** A transaction may be seen this long after the instant that it wrote; the database ends longer ones. */
const LATE_MS = 60_000;
/** An organisation that was not searched for long is read anew; who searches meanwhile is served by the database. */
const LOAD_PATIENCE_MS = 1_000;

/**
 * What is searched in, organisation by organisation. The truth are the entries in the database; these lie in memory, and
 * follow the database with every search.
 */
@Injectable()
export class OrganizationIndexes {
  /** Least recently searched first. */
  private readonly known = new Map<OrganizationId, Known>();
  private readonly comparison: Comparison | undefined;

  constructor(
    private readonly entries: SearchEntryRepository,
    nearest: NearestVectors,
    @Optional() embedder?: TextEmbedder,
  ) {
    this.comparison = embedder ? { model: embedder.model, dimensions: embedder.dimensions, nearest } : undefined;
  }

  /** As the database stands now; undefined where reading it takes longer than anybody waits. */
  async get(organization: OrganizationId): Promise<OrganizationIndex | undefined> {
    const known = this.known.get(organization) ?? {
      ...{ index: new OrganizationIndex(this.comparison), seen: 0, lately: new Map<string, number>() },
      ...{ looking: Promise.resolve(), isLoaded: false },
    };
    this.known.delete(organization);
    this.known.set(organization, known);
    known.looking = known.looking.catch(() => undefined).then(() => this.look(organization, known));
    const looked = known.looking.then(() => known.index);
    if (known.isLoaded) return looked;
    return Promise.race([looked, delay(LOAD_PATIENCE_MS, undefined, { ref: false })]);
  }

  /** These are no more: the database does not have them. */
  forget(organization: OrganizationId, ids: readonly string[]): void {
    for (const id of ids) this.known.get(organization)?.index.remove(id);
  }

  private async look(organization: OrganizationId, known: Known): Promise<void> {
    for await (const entry of this.news(organization, known)) {
      known.index.put(entry);
      const changedAt = entry.changedAt?.getTime() ?? 0;
      known.lately.set(entry._id, changedAt);
      known.seen = Math.max(known.seen, changedAt);
    }
    for (const [id, changedAt] of known.lately) if (changedAt < known.seen - LATE_MS) known.lately.delete(id);
    known.isLoaded = true;
    this.keepSmall(organization);
  }

  private async *news(organization: OrganizationId, known: Known): AsyncIterable<SearchEntryDocument> {
    if (!known.isLoaded) {
      yield* this.entries.all(organization);
      return;
    }
    const changes = await this.entries.changesSince(organization, new Date(known.seen - LATE_MS));
    const ids = changes.filter(({ _id, changedAt }) => known.lately.get(_id) !== changedAt.getTime());
    if (ids.length > 0)
      yield* this.entries.all(
        organization,
        ids.map(({ _id }) => _id),
      );
  }

  private keepSmall(searched: OrganizationId): void {
    let rows = [...this.known.values()].reduce((sum, { index }) => sum + index.size, 0);
    for (const [organization, { index }] of this.known) {
      if (rows <= MOST_ROWS || organization === searched) return;
      this.known.delete(organization);
      rows -= index.size;
    }
  }
}
