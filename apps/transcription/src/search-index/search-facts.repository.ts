import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { SearchFacts, SearchFactsDocument } from '#libs/persistence/schemas/transcription/search-entries.js';

export const SEARCH_FACTS = 'searchFacts';

export const toAttemptKey = (attemptId: string): string => `attempt/${attemptId}`;
export const toDeliveryKey = (deliveryId: string): string => `delivery/${deliveryId}`;

/** Stores facts about attempts and deliveries, which may arrive before the transcript that they belong to. */
@Injectable()
export class SearchFactsRepository extends TenantRepository<SearchFactsDocument> {
  constructor(@InjectModel(SEARCH_FACTS) model: Model<SearchFactsDocument>) {
    super(model);
  }

  /**
   * Returns the stored facts. Increments a counter in the document, so that the read conflicts with a concurrent
   * transaction that adds a fact, and one of the two transactions is retried.
   */
  async readForUpdate(organization: OrganizationId, id: string, tx: Transaction): Promise<SearchFacts> {
    const { facts } = await this.upsertOne(organization, { _id: id }, { $inc: { touched: 1 } }, tx);
    return facts;
  }

  async addFacts(organization: OrganizationId, id: string, facts: SearchFacts, tx: Transaction): Promise<void> {
    const fields = Object.entries(facts).map(([name, value]) => [`facts.${name}`, value] as const);
    await this.upsertOne(organization, { _id: id }, { $set: Object.fromEntries(fields), $inc: { touched: 1 } }, tx);
  }

  /** @returns whether the agent was stored; false if the agent of a later event is already stored */
  async setAgent(
    organization: OrganizationId,
    id: string,
    { agentId, sequence }: { readonly agentId: string; readonly sequence: number },
    tx: Transaction,
  ): Promise<boolean> {
    const stored = await this.findById(organization, id, tx);
    if ((stored?.agentSequence ?? 0) >= sequence) return false;
    const change = { $set: { 'facts.agentId': agentId, agentSequence: sequence }, $inc: { touched: 1 } };
    await this.upsertOne(organization, { _id: id }, change, tx);
    return true;
  }
}
