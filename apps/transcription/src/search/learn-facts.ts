import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { SearchFacts } from '#libs/persistence/schemas/transcription/search-entries.js';
import { SearchEntryRepository } from './search-entry.repository.js';
import { SearchFactsRepository } from './search-facts.repository.js';

export const attemptKey = (attemptId: string): string => `attempt/${attemptId}`;
export const deliveryKey = (deliveryId: string): string => `delivery/${deliveryId}`;

/** What other apps tell of a call or a delivery, so that recordings can be found by it; before or after its words came. */
@Injectable()
export class LearnFacts {
  constructor(
    private readonly entries: SearchEntryRepository,
    private readonly facts: SearchFactsRepository,
  ) {}

  async ofAttempt(
    organization: OrganizationId,
    attemptId: string,
    facts: Pick<SearchFacts, 'customerId' | 'outcome'>,
    tx: Transaction,
  ): Promise<void> {
    await this.facts.learn(organization, attemptKey(attemptId), facts, tx);
    await this.entries.learn(organization, { attemptId }, facts, tx);
  }

  /** @param sequence of the event among the delivery's: assignments may be told out of order */
  async agentOf(
    organization: OrganizationId,
    deliveryId: string,
    { agentId, sequence }: { readonly agentId: string; readonly sequence: number },
    tx: Transaction,
  ): Promise<void> {
    const isNews = await this.facts.learnAgent(organization, deliveryKey(deliveryId), { agentId, sequence }, tx);
    if (isNews) await this.entries.learn(organization, { deliveryId }, { agentId }, tx);
  }
}
