import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, type PipelineStage } from 'mongoose';
import type { CallOutcome, Language } from '#libs/contracts/index.js';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { SearchEntryDocument, SearchFacts } from '#libs/persistence/schemas/search-entries.js';

export const SEARCH_ENTRIES = 'searchEntries';

export interface SearchQuery {
  /** Words alone: operators of the database's search language must not be among them. */
  readonly words: readonly string[];
  readonly language: Language;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallOutcome | undefined;
  /** The place of the last one seen. */
  readonly after?: Ranked | undefined;
  readonly limit: number;
}

export interface Ranked {
  readonly score: number;
  readonly recordingId: string;
}

export type ScoredEntry = SearchEntryDocument & { readonly score: number };

/** A search that takes longer asks too much; it fails instead of holding up the others. */
const PATIENCE_MS = 3_000;

@Injectable()
export class SearchEntryRepository extends TenantRepository<SearchEntryDocument> {
  constructor(@InjectModel(SEARCH_ENTRIES) model: Model<SearchEntryDocument>) {
    super(model);
  }

  async put(organization: OrganizationId, entry: Omit<SearchEntryDocument, 'organizationId'>, tx: Transaction) {
    const { _id, ...rest } = entry;
    await this.upsertOne(organization, { _id }, { $set: rest }, tx);
  }

  /** Adds what was learned to every entry about the same attempt or delivery. */
  async learn(
    organization: OrganizationId,
    about: { readonly attemptId: string } | { readonly deliveryId: string },
    facts: SearchFacts,
    tx: Transaction,
  ): Promise<void> {
    await this.updateMany(organization, about, { $set: facts }, tx);
  }

  async forget(organization: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    await this.deleteMany(organization, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
  }

  /** The best first; of equally good ones the latest. */
  async search(organizationId: OrganizationId, query: SearchQuery): Promise<ScoredEntry[]> {
    const { words, language, after, limit } = query;
    const pipeline: PipelineStage[] = [
      { $match: { organizationId, $text: { $search: words.join(' '), $language: language }, ...filterOf(query) } },
      { $set: { score: { $meta: 'textScore' } } },
      ...(after ? [{ $match: comesAfter(after) }] : []),
      { $sort: { score: -1, _id: -1 } },
      { $limit: limit },
    ];
    return this.model.aggregate<ScoredEntry>(pipeline).option({ maxTimeMS: PATIENCE_MS });
  }
}

function filterOf({ from, to, agentId, customerId, outcome }: SearchQuery): Record<string, unknown> {
  const spokenAt = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return {
    ...(from || to ? { spokenAt } : {}),
    ...(agentId === undefined ? {} : { agentId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

const comesAfter = ({ score, recordingId }: Ranked): Record<string, unknown> => ({
  $or: [{ score: { $lt: score } }, { score, _id: { $lt: recordingId } }],
});
