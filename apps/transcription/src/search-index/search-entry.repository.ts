import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, type PipelineStage } from 'mongoose';
import type { Language } from '#libs/contracts/index.js';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { SearchEntryDocument, SearchFacts } from '#libs/persistence/schemas/transcription/search-entries.js';
import type { SearchFilter } from './search-filter.js';
import { encodeVector } from './vector-bytes.js';

export const SEARCH_ENTRIES = 'searchEntries';

/** A full-text query of the database, with its filters. */
export interface SearchQuery extends SearchFilter {
  /** Plain words, without operators of MongoDB's `$text` search. */
  readonly words: readonly string[];
  readonly language: Language;
  readonly limit: number;
}

/** An entry with MongoDB's text score, which has no upper bound. */
export type ScoredEntry = SearchEntryDocument & { readonly score: number };

/** Sets `changedAt` from the clock of the database, which all replicas share. */
const SET_CHANGED_AT = { $currentDate: { changedAt: true } } as const;

/** Maximum duration of a search in the database, so that a slow one does not delay the others. */
const SEARCH_TIMEOUT_MS = 3_000;

/** Stores the search index: one entry per recording, with its text, its embedding and the facts to filter by. */
@Injectable()
export class SearchEntryRepository extends TenantRepository<SearchEntryDocument> {
  constructor(@InjectModel(SEARCH_ENTRIES) model: Model<SearchEntryDocument>) {
    super(model);
  }

  /** Adds or replaces an entry. Removes its vector, so that `EmbedEntries` computes a new one. */
  async put(organization: OrganizationId, entry: Omit<SearchEntryDocument, 'organizationId'>, tx: Transaction) {
    const { _id, ...fields } = entry;
    const update = { $set: fields, $unset: { vector: true, vectorModel: true }, ...SET_CHANGED_AT };
    await this.upsertOne(organization, { _id }, update, tx);
  }

  /** Adds facts to every entry of an attempt or delivery. */
  async addFacts(
    organization: OrganizationId,
    about: { readonly attemptId: string } | { readonly deliveryId: string },
    facts: SearchFacts,
    tx: Transaction,
  ): Promise<void> {
    await this.updateMany(organization, about, { $set: facts, ...SET_CHANGED_AT }, tx);
  }

  async erase(organization: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    await this.deleteMany(organization, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
  }

  /** Finds entries by id, in no particular order. Omits those that were deleted. */
  async findMany(organizationId: OrganizationId, ids: readonly string[]): Promise<SearchEntryDocument[]> {
    return this.model
      .find({ _id: trusted({ $in: [...ids] }), organizationId })
      .select('-vector')
      .lean<SearchEntryDocument[]>();
  }

  /**
   * Reads entries of an organization, in no particular order.
   * @param ids restricts the result to these ids; omits those that were deleted
   */
  findAll(organizationId: OrganizationId, ids?: readonly string[]): AsyncIterable<SearchEntryDocument> {
    return this.model
      .find({ organizationId, ...(ids && { _id: trusted({ $in: [...ids] }) }) })
      .lean<SearchEntryDocument>()
      .cursor({ batchSize: 1_000 });
  }

  /** Finds entries that changed at or after an instant of the database's clock. */
  async findChangesSince(
    organizationId: OrganizationId,
    since: Date,
  ): Promise<readonly { readonly _id: string; readonly changedAt: Date }[]> {
    return this.model
      .find({ organizationId, changedAt: trusted({ $gte: since }) }, { changedAt: 1 })
      .lean<{ _id: string; changedAt: Date }[]>();
  }

  /** Finds entries of all organizations that have no vector, or one that another model computed. */
  async findWithoutVector(model: string, limit: number): Promise<SearchEntryDocument[]> {
    return this.model
      .find({ vectorModel: trusted({ $ne: model }) })
      .limit(limit)
      .select('-vector')
      .lean<SearchEntryDocument[]>();
  }

  /** Stores vectors. Skips an entry whose words have changed since its vector was computed. */
  async storeVectors(
    entries: readonly SearchEntryDocument[],
    vectors: readonly Float32Array[],
    vectorModel: string,
  ): Promise<void> {
    await this.model.bulkWrite(
      entries.flatMap(({ _id, organizationId, text, wishes }, index) => {
        const vector = vectors[index];
        if (!vector) return [];
        const update = { $set: { vector: encodeVector(vector), vectorModel }, ...SET_CHANGED_AT };
        return [{ updateOne: { filter: { _id, organizationId, text, wishes }, update } }];
      }),
      { ordered: false },
    );
  }

  /** Searches the full text. Returns the best first; among equal scores, in descending order of ids. */
  async search(organizationId: OrganizationId, query: SearchQuery): Promise<ScoredEntry[]> {
    const { words, language, limit } = query;
    const pipeline: PipelineStage[] = [
      { $match: { organizationId, $text: { $search: words.join(' '), $language: language }, ...toMatch(query) } },
      { $set: { score: { $meta: 'textScore' } } },
      { $sort: { score: -1, _id: -1 } },
      { $limit: limit },
      { $unset: 'vector' },
    ];
    return this.model.aggregate<ScoredEntry>(pipeline).option({ maxTimeMS: SEARCH_TIMEOUT_MS });
  }
}

function toMatch({ from, to, agentId, customerId, outcome }: SearchQuery): Record<string, unknown> {
  const spokenAt = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return {
    ...(from || to ? { spokenAt } : {}),
    ...(agentId === undefined ? {} : { agentId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}
