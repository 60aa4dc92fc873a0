import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { WaitingTextDocument } from '#libs/persistence/schemas/transcription/waiting-texts.js';

export const WAITING_TEXTS = 'waitingTexts';

/** Stores customers' text messages until they are analyzed. */
@Injectable()
export class WaitingTextRepository extends TenantRepository<WaitingTextDocument> {
  constructor(@InjectModel(WAITING_TEXTS) model: Model<WaitingTextDocument>) {
    super(model);
  }

  /** @returns whether the text existed */
  async remove(organizationId: OrganizationId, messageId: string, tx: Transaction): Promise<boolean> {
    return (await this.deleteMany(organizationId, { _id: messageId }, tx)) === 1;
  }

  async erase(organizationId: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    await this.deleteMany(organizationId, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
  }
}
