import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { SearchEntryRepository } from './search-entry.repository.js';
import { deliveryKey, SearchFactsRepository } from './search-facts.repository.js';

/** Who has a delivery, so that its recordings can be found by them; before or after their words came. */
@Injectable()
export class LearnDeliveryAgent {
  constructor(
    private readonly entries: SearchEntryRepository,
    private readonly facts: SearchFactsRepository,
  ) {}

  /** @param sequence of the event among the delivery's: assignments may be told out of order */
  async execute(
    organization: OrganizationId,
    deliveryId: string,
    { agentId, sequence }: { readonly agentId: string; readonly sequence: number },
    tx: Transaction,
  ): Promise<void> {
    const isNews = await this.facts.learnAgent(organization, deliveryKey(deliveryId), { agentId, sequence }, tx);
    if (isNews) await this.entries.learn(organization, { deliveryId }, { agentId }, tx);
  }
}
