import { Injectable, Logger, Optional } from '@nestjs/common';
import type { SearchHit, SearchPage, SearchRequest } from '#libs/contracts/index.js';
import { computeRelevance, toSnippets, toWords } from '#libs/domain/search/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/transcription/search-entries.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import type { RankedHit, IndexQuery } from './organization-index.js';
import { OrganizationIndexes } from './organization-indexes.js';
import { SearchEntryRepository } from '../search-index/search-index.module.js';
import { MAX_SHOWN, ShownResults } from './shown-cursor.js';

const MAX_WORDS = 20;
/** MongoDB's text score has no upper bound. This text score is mapped to a relevance of 0.5. */
const HALF_TEXT_SCORE = 1.5;

/**
 * Full-text and semantic search of one organization's recordings, best first. A query without words has no results.
 */
@Injectable()
export class SearchTranscripts {
  private readonly logger = new Logger('Search');

  constructor(
    private readonly entries: SearchEntryRepository,
    private readonly indexes: OrganizationIndexes,
    @Optional() private readonly embedder?: TextEmbedder,
  ) {}

  /** @throws CodedError `invalid_request` for a cursor that this search did not issue */
  async execute(organization: OrganizationId, request: SearchRequest): Promise<SearchPage> {
    const { q, limit, cursor, ...filters } = request;
    const shown = ShownResults.read(cursor, JSON.stringify([q, Object.entries(filters).sort()]));
    const words = toWords(q)
      .slice(0, MAX_WORDS)
      .map(({ text }) => text);
    if (words.length === 0) return { items: [] };
    const ranked = await this.rank(organization, request, words);
    const unshown = ranked.filter(({ id }) => !shown.has(id)).slice(0, shown.remaining);
    const page = unshown.slice(0, limit);
    const entries = await this.load(organization, page);
    const items = page.flatMap(({ id, score }) => {
      const entry = entries.get(id);
      return entry ? [toHit(entry, score, q)] : [];
    });
    return { items, ...(unshown.length > limit ? { nextCursor: shown.cursorAfter(page.map(({ id }) => id)) } : {}) };
  }

  private async rank(organization: OrganizationId, request: SearchRequest, words: string[]): Promise<RankedHit[]> {
    const { q, language = 'en', from, to, agentId, customerId, outcome } = request;
    const filter: IndexQuery['filter'] = {
      agentId,
      customerId,
      outcome,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    const [index, embedding] = await Promise.all([this.indexes.get(organization), this.embedQuery(q)]);
    if (index) return index.search({ words, embedding, filter }, MAX_SHOWN);
    const scoredEntries = await this.entries.search(organization, { words, language, ...filter, limit: MAX_SHOWN });
    return scoredEntries.map(({ _id: id, score }) => ({
      id,
      score: computeRelevance({ words: score / (score + HALF_TEXT_SCORE), similarity: 0 }),
    }));
  }

  /**
   * Embeds the query. Returns undefined if no embedder is configured or it fails; the search is then full-text only.
   */
  private async embedQuery(q: string): Promise<Float32Array | undefined> {
    try {
      return (await this.embedder?.embed([toPlainWords(q)]))?.[0];
    } catch (error) {
      this.logger.warn({ err: error }, 'Semantic search skipped: the embedder failed.');
      return undefined;
    }
  }

  private async load(
    organization: OrganizationId,
    page: readonly RankedHit[],
  ): Promise<ReadonlyMap<string, SearchEntryDocument>> {
    const ids = page.map(({ id }) => id);
    const entriesById = new Map((await this.entries.findMany(organization, ids)).map((entry) => [entry._id, entry]));
    // The index may still contain entries that were deleted from the database.
    this.indexes.forget(
      organization,
      ids.filter((id) => !entriesById.has(id)),
    );
    return entriesById;
  }
}

/** Removes punctuation, because queries have no operators: "-garage" is the same as "garage". */
const toPlainWords = (q: string): string => q.replace(/[^\p{L}\p{M}\p{N}'’]+/gu, ' ').trim();

function toHit(entry: SearchEntryDocument, score: number, q: string): SearchHit {
  const { customerId, agentId, outcome } = entry;
  return {
    recordingId: entry._id,
    attemptId: entry.attemptId,
    deliveryId: entry.deliveryId,
    ...(customerId === undefined ? {} : { customerId }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(outcome === undefined ? {} : { outcome }),
    spokenAt: entry.spokenAt.toISOString(),
    language: entry.language,
    score,
    snippets: toSnippets(entry.text, q).map(({ text, offset, highlights }) => ({
      text,
      offset,
      highlights: [...highlights],
    })),
    wishes: entry.wishes,
  };
}
