import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcripts.js';

export const TRANSCRIPTS = 'transcripts';

@Injectable()
export class TranscriptRepository extends AggregateRepository<TranscriptDocument> {
  protected readonly what = 'transcript';

  constructor(@InjectModel(TRANSCRIPTS) model: Model<TranscriptDocument>) {
    super(model);
  }

  async forget(organizationId: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    await this.deleteMany(organizationId, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
  }
}
