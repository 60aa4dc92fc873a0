import { Inject, Injectable } from '@nestjs/common';
import type { SearchHit, SearchPage, SearchRequest } from '#libs/contracts/index.js';
import { relevance, snippetsOf, wordsOf } from '#libs/domain/search/index.js';
import { decodeCursor, pageOf, type OrganizationId } from '#libs/persistence/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/search-entries.js';
import type { SearchFilter } from './meaning-index.js';
import { Meanings } from './meanings.js';
import { SearchEntryRepository } from './search-entry.repository.js';

const KEY = /^\d{1,6}(\.\d{1,20})?(e-\d{1,3})? [A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
const MOST_WORDS = 20;
/** So many are found by words, and so many by meaning: what is further behind, nobody looks at. */
const MOST_RANKED = 200;

interface Ranked {
  readonly id: string;
  readonly score: number;
}

/** Recordings of one organisation by words and by what they mean, best first. Without any word nothing is found. */
@Injectable()
export class SearchTranscripts {
  constructor(
    @Inject(SearchEntryRepository) private readonly entries: SearchEntryRepository,
    @Inject(Meanings) private readonly meanings: Meanings,
  ) {}

  /** @throws CodedError `invalid_request` for a cursor that is not of a search */
  async execute(organization: OrganizationId, request: SearchRequest): Promise<SearchPage> {
    const { q, limit, cursor } = request;
    const after = placeOf(cursor);
    const words = wordsOf(q)
      .slice(0, MOST_WORDS)
      .map(({ text }) => text);
    if (words.length === 0) return { items: [] };
    const ranked = (await this.rank(organization, request, words)).filter((one) => !after || comesAfter(one, after));
    const page = ranked.slice(0, limit + 1);
    const entries = await this.load(organization, page);
    return pageOf(
      page.flatMap(({ id, score }) => {
        const entry = entries.get(id);
        return entry ? [{ entry, score }] : [];
      }),
      limit,
      ({ entry, score }) => `${score} ${entry._id}`,
      ({ entry, score }) => toHit(entry, score, q),
    );
  }

  private async rank(organization: OrganizationId, request: SearchRequest, words: string[]): Promise<Ranked[]> {
    const { q, language = 'en', from, to, agentId, customerId, outcome } = request;
    const filter: SearchFilter = {
      ...{ agentId, customerId, outcome },
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    const [byWords, likenesses] = await Promise.all([
      this.entries.search(organization, { words, language, ...filter, limit: MOST_RANKED }),
      this.meanings.find(organization, q, filter, MOST_RANKED),
    ]);
    const scores = new Map(byWords.map(({ _id, score }) => [_id, score]));
    const ids = new Set([...scores.keys(), ...likenesses.nearest.map(({ id }) => id)]);
    return [...ids]
      .map((id) => ({ id, score: relevance({ words: scores.get(id) ?? 0, likeness: likenesses.of(id) }) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1));
  }

  private async load(
    organization: OrganizationId,
    page: readonly Ranked[],
  ): Promise<ReadonlyMap<string, SearchEntryDocument>> {
    const ids = page.map(({ id }) => id);
    const found = new Map((await this.entries.findMany(organization, ids)).map((entry) => [entry._id, entry]));
    // Forgotten since: by its meaning it must not be found again either.
    this.meanings.forget(
      organization,
      ids.filter((id) => !found.has(id)),
    );
    return found;
  }
}

const comesAfter = (one: Ranked, { score, id }: Ranked): boolean =>
  one.score < score || (one.score === score && one.id < id);

function placeOf(cursor: string | undefined): Ranked | undefined {
  const [score, id] = decodeCursor(cursor, KEY)?.split(' ') ?? [];
  return score === undefined || id === undefined ? undefined : { score: Number(score), id };
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
