import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE } from '../config/config.module.js';
import { ExpireOffer } from './expire-offer.js';
import type { ExpireOfferWork } from './schedule-offer-expiry.js';

/** Expires offers that were not acknowledged in time. */
@Injectable()
export class OffersWorker {
  constructor(
    private readonly expireOffer: ExpireOffer,
    private readonly transactions: TransactionRunner,
  ) {}

  @WorkHandler(DELIVERY_QUEUE, 'expire-offer')
  async onOfferExpired(item: WorkItem<ExpireOfferWork>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.expireOffer.execute(item.organizationId, item.payload, tx);
      await item.complete(tx);
    });
  }
}
