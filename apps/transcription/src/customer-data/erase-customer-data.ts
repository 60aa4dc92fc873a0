import { Injectable } from '@nestjs/common';
import { TranscriptionCustomerErased, type CustomerErasedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { SearchEntryRepository } from '../search-index/search-index.module.js';
import { WaitingTextRepository } from '../texts/texts.module.js';
import { TranscriptRepository } from '../transcripts/transcripts.module.js';

/** Erases a customer's transcripts, search entries and waiting texts. */
@Injectable()
export class EraseCustomerData {
  constructor(
    private readonly transcripts: TranscriptRepository,
    private readonly entries: SearchEntryRepository,
    private readonly texts: WaitingTextRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { erasureId, customerId, deliveryIds }: CustomerErasedPayload,
    tx: Transaction,
  ): Promise<void> {
    await this.transcripts.erase(organizationId, deliveryIds, tx);
    await this.entries.erase(organizationId, deliveryIds, tx);
    await this.texts.erase(organizationId, deliveryIds, tx);
    tx.emit({
      contract: TranscriptionCustomerErased,
      organizationId,
      aggregateId: erasureId,
      sequence: 1,
      payload: { erasureId, customerId },
      occurredAt: this.clock.now(),
    });
  }
}
