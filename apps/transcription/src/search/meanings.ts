import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrganizationId } from '#libs/persistence/index.js';
import { LEAST_LIKENESS } from '#libs/domain/search/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/search-entries.js';
import type { NearestVectors } from '#libs/ports/nearest-vectors.js';
import type { TextEmbedder } from '#libs/ports/text-embedder.js';
import { MeaningIndex, type Meant, type SearchFilter } from './meaning-index.js';
import { SearchEntryRepository } from './search-entry.repository.js';
import { vectorOf } from './vector-bytes.js';

/** Null where the search finds words only. */
export const TEXT_EMBEDDER = Symbol('TEXT_EMBEDDER');
export const NEAREST_VECTORS = Symbol('NEAREST_VECTORS');

/** What a question is like. */
export interface Likenesses {
  /** The likest first. */
  readonly nearest: readonly Meant[];
  /** Of any recording; 0 where its meaning is not known. */
  of(id: string): number;
}

const NONE: Likenesses = { nearest: [], of: () => 0 };

interface Known {
  readonly index: MeaningIndex;
  /** The latest change seen. */
  seen: Date;
  /** One look at a time. */
  looking: Promise<void>;
  isLoaded: boolean;
}

/** In memory over all organisations: 300 MB of vectors of 384 dimensions. The one that is searched is always kept. */
const MOST_ROWS = 200_000;
/** A transaction may be seen this long after the instant that it wrote; the database ends longer ones. */
const LATE_MS = 60_000;
/** An organisation that was not searched for long is read anew; who searches meanwhile finds words. */
const LOAD_PATIENCE_MS = 1_000;

/**
 * Recordings by meaning. The truth are the entries in the database; what is compared with lies in memory, organisation by
 * organisation, and follows the database with every search.
 */
@Injectable()
export class Meanings {
  private readonly logger = new Logger('Search');
  /** Least recently searched first. */
  private readonly known = new Map<OrganizationId, Known>();

  constructor(
    @Inject(SearchEntryRepository) private readonly entries: SearchEntryRepository,
    @Inject(TEXT_EMBEDDER) private readonly embedder: TextEmbedder | null,
    @Inject(NEAREST_VECTORS) private readonly nearest: NearestVectors,
  ) {}

  /** Nothing where no embedder is configured, or it does not answer: words are found all the same. */
  async find(organization: OrganizationId, q: string, filter: SearchFilter, most: number): Promise<Likenesses> {
    if (!this.embedder) return NONE;
    try {
      const [known, [query]] = await Promise.all([
        this.upToDate(organization, this.embedder),
        this.embedder.embed([q]),
      ]);
      if (!known || !query) return NONE;
      const { index } = known;
      return {
        nearest: index.search(query, filter, most).filter(({ likeness }) => likeness >= LEAST_LIKENESS),
        of: (id) => index.likenessOf(id, query) ?? 0,
      };
    } catch (error) {
      this.logger.warn({ organizationId: organization, err: error }, 'Searched for words only: no meaning was found.');
      return NONE;
    }
  }

  /** These are no more: the database does not have them. */
  forget(organization: OrganizationId, ids: readonly string[]): void {
    for (const id of ids) this.known.get(organization)?.index.remove(id);
  }

  private async upToDate(organization: OrganizationId, embedder: TextEmbedder): Promise<Known | undefined> {
    const known = this.known.get(organization) ?? {
      index: new MeaningIndex(embedder.dimensions, this.nearest),
      seen: new Date(0),
      looking: Promise.resolve(),
      isLoaded: false,
    };
    this.known.delete(organization);
    this.known.set(organization, known);
    known.looking = known.looking.catch(() => undefined).then(() => this.look(organization, known, embedder));
    const looked = known.looking.then(() => known);
    if (known.isLoaded) return looked;
    return Promise.race([looked, delay(LOAD_PATIENCE_MS, undefined, { ref: false })]);
  }

  private async look(organization: OrganizationId, known: Known, embedder: TextEmbedder): Promise<void> {
    const since = new Date(known.seen.getTime() - LATE_MS);
    for await (const entry of this.entries.changedSince(organization, since)) {
      if (entry.vector && entry.vectorModel === embedder.model) {
        known.index.put({ id: entry._id, ...factsOf(entry), vector: vectorOf(entry.vector) });
      } else known.index.remove(entry._id);
      if (entry.changedAt && entry.changedAt > known.seen) known.seen = entry.changedAt;
    }
    known.isLoaded = true;
    this.keepSmall(organization);
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

const factsOf = ({ spokenAt, agentId, customerId, outcome }: SearchEntryDocument) => ({
  ...{ spokenAt, agentId, customerId, outcome },
});
