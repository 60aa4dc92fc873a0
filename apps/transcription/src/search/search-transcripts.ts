import { Inject, Injectable } from '@nestjs/common';
import type { SearchHit, SearchPage, SearchRequest } from '#libs/contracts/index.js';
import { snippetsOf, wordsOf } from '#libs/domain/search/index.js';
import { decodeCursor, pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { SearchEntryRepository, type Ranked, type ScoredEntry } from './search-entry.repository.js';

const KEY = /^\d{1,6}(\.\d{1,20})?(e-\d{1,3})? [A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
const MOST_WORDS = 20;

/** Recordings of one organisation by words, best first. Without any word nothing is found. */
@Injectable()
export class SearchTranscripts {
  constructor(@Inject(SearchEntryRepository) private readonly entries: SearchEntryRepository) {}

  /** @throws CodedError `invalid_request` for a cursor that is not of a search */
  async execute(organization: OrganizationId, request: SearchRequest): Promise<SearchPage> {
    const { q, limit, cursor, from, to, language = 'en', agentId, customerId, outcome } = request;
    const after = placeOf(cursor);
    const words = wordsOf(q)
      .slice(0, MOST_WORDS)
      .map(({ text }) => text);
    if (words.length === 0) return { items: [] };
    const found = await this.entries.search(organization, {
      ...{ words, language, agentId, customerId, outcome, after, limit: limit + 1 },
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    });
    return pageOf(
      found,
      limit,
      ({ score, _id }) => `${score} ${_id}`,
      (entry) => toHit(entry, q),
    );
  }
}

function placeOf(cursor: string | undefined): Ranked | undefined {
  const [score, recordingId] = decodeCursor(cursor, KEY)?.split(' ') ?? [];
  return score === undefined || recordingId === undefined ? undefined : { score: Number(score), recordingId };
}

function toHit(entry: ScoredEntry, q: string): SearchHit {
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
    score: entry.score,
    snippets: snippetsOf(entry.text, q).map(({ text, offset, highlights }) => ({
      text,
      offset,
      highlights: [...highlights],
    })),
    wishes: entry.wishes,
  };
}
