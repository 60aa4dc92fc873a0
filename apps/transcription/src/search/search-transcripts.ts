import { Injectable, Logger, Optional } from '@nestjs/common';
import type { SearchHit, SearchPage, SearchRequest } from '#libs/contracts/index.js';
import { relevance, snippetsOf, wordsOf } from '#libs/domain/search/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/transcription/search-entries.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import type { Ranked, Sought } from './organization-index.js';
import { OrganizationIndexes } from './organization-indexes.js';
import { SearchEntryRepository } from '../search-index/search-index.module.js';
import { MOST_SHOWN, Shown } from './shown-cursor.js';

const MOST_WORDS = 20;
/** The database's score of words has no upper end; half of what words can give is reached here. */
const HALF_TEXT_SCORE = 1.5;

/** Recordings of one organisation by words and by what they mean, best first. Without any word nothing is found. */
@Injectable()
export class SearchTranscripts {
  private readonly logger = new Logger('Search');

  constructor(
    private readonly entries: SearchEntryRepository,
    private readonly indexes: OrganizationIndexes,
    @Optional() private readonly embedder?: TextEmbedder,
  ) {}

  /** @throws CodedError `invalid_request` for a cursor that is not of this search */
  async execute(organization: OrganizationId, request: SearchRequest): Promise<SearchPage> {
    const { q, limit, cursor, ...narrowed } = request;
    const shown = Shown.read(cursor, JSON.stringify([q, Object.entries(narrowed).sort()]));
    const words = wordsOf(q)
      .slice(0, MOST_WORDS)
      .map(({ text }) => text);
    if (words.length === 0) return { items: [] };
    const ranked = await this.rank(organization, request, words);
    const rest = ranked.filter(({ id }) => !shown.has(id)).slice(0, shown.room);
    const page = rest.slice(0, limit);
    const entries = await this.load(organization, page);
    const items = page.flatMap(({ id, score }) => {
      const entry = entries.get(id);
      return entry ? [toHit(entry, score, q)] : [];
    });
    return { items, ...(rest.length > limit ? { nextCursor: shown.cursorAfter(page.map(({ id }) => id)) } : {}) };
  }

  private async rank(organization: OrganizationId, request: SearchRequest, words: string[]): Promise<Ranked[]> {
    const { q, language = 'en', from, to, agentId, customerId, outcome } = request;
    const filter: Sought['filter'] = {
      ...{ agentId, customerId, outcome },
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    const [index, meaning] = await Promise.all([this.indexes.get(organization), this.meaningOf(q)]);
    if (index) return index.search({ words, meaning, filter }, MOST_SHOWN);
    const found = await this.entries.search(organization, { words, language, ...filter, limit: MOST_SHOWN });
    return found.map(({ _id: id, score }) => ({
      id,
      score: relevance({ words: score / (score + HALF_TEXT_SCORE), likeness: 0 }),
    }));
  }

  /** Undefined where no embedder is configured, or it does not answer: words are found all the same. */
  private async meaningOf(q: string): Promise<Float32Array | undefined> {
    try {
      return (await this.embedder?.embed([q]))?.[0];
    } catch (error) {
      this.logger.warn({ err: error }, 'Searched for words only: nobody says what they mean.');
      return undefined;
    }
  }

  private async load(
    organization: OrganizationId,
    page: readonly Ranked[],
  ): Promise<ReadonlyMap<string, SearchEntryDocument>> {
    const ids = page.map(({ id }) => id);
    const found = new Map((await this.entries.findMany(organization, ids)).map((entry) => [entry._id, entry]));
    // Forgotten since: it must not be found again either.
    this.indexes.forget(
      organization,
      ids.filter((id) => !found.has(id)),
    );
    return found;
  }
}

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
    snippets: snippetsOf(entry.text, q).map(({ text, offset, highlights }) => ({
      text,
      offset,
      highlights: [...highlights],
    })),
    wishes: entry.wishes,
  };
}
