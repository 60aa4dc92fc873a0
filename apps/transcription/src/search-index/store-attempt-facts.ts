import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { SearchFacts } from '#libs/persistence/schemas/transcription/search-entries.js';
import { SearchEntryRepository } from './search-entry.repository.js';
import { toAttemptKey, SearchFactsRepository } from './search-facts.repository.js';

/** Stores facts about a call by which a search filters its recording. They may arrive before the transcript. */
@Injectable()
export class StoreAttemptFacts {
  constructor(
    private readonly entries: SearchEntryRepository,
    private readonly facts: SearchFactsRepository,
  ) {}

  async execute(
    organization: OrganizationId,
    attemptId: string,
    facts: Pick<SearchFacts, 'customerId' | 'outcome'>,
    tx: Transaction,
  ): Promise<void> {
    await this.facts.addFacts(organization, toAttemptKey(attemptId), facts, tx);
    await this.entries.addFacts(organization, { attemptId }, facts, tx);
  }
}
