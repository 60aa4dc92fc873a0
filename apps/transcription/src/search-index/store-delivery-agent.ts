import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { SearchEntryRepository } from './search-entry.repository.js';
import { toDeliveryKey, SearchFactsRepository } from './search-facts.repository.js';

/** Stores a delivery's agent, by which a search filters its recordings. It may arrive before the transcript. */
@Injectable()
export class StoreDeliveryAgent {
  constructor(
    private readonly entries: SearchEntryRepository,
    private readonly facts: SearchFactsRepository,
  ) {}

  /** @param sequence the event's sequence number in the delivery, because assignments may arrive out of order */
  async execute(
    organization: OrganizationId,
    deliveryId: string,
    { agentId, sequence }: { readonly agentId: string; readonly sequence: number },
    tx: Transaction,
  ): Promise<void> {
    const hasChanged = await this.facts.setAgent(organization, toDeliveryKey(deliveryId), { agentId, sequence }, tx);
    if (hasChanged) await this.entries.addFacts(organization, { deliveryId }, { agentId }, tx);
  }
}
