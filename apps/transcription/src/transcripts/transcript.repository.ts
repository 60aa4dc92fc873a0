import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ReviewState } from '#libs/contracts/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';

export const TRANSCRIPTS = 'transcripts';

/** Position in the list of reviews after which a page starts. */
export interface ReviewPosition {
  readonly openedAt: Date;
  readonly id: string;
}

/** A page of the list of reviews. */
export interface ReviewQuery {
  readonly state: ReviewState;
  readonly limit: number;
  readonly after: ReviewPosition | undefined;
}

/** Stores transcripts, and lists those that a dispatcher reviews. */
@Injectable()
export class TranscriptRepository extends AggregateRepository<TranscriptDocument> {
  protected readonly aggregateName = 'transcript';

  constructor(@InjectModel(TRANSCRIPTS) model: Model<TranscriptDocument>) {
    super(model);
  }

  /** Finds a page of transcripts by the state of their review, oldest review first. */
  async findReviews(
    organizationId: OrganizationId,
    { state, limit, after }: ReviewQuery,
  ): Promise<TranscriptDocument[]> {
    const position = after && {
      $or: [
        { 'review.openedAt': trusted({ $gt: after.openedAt }) },
        { 'review.openedAt': after.openedAt, _id: trusted({ $gt: after.id }) },
      ],
    };
    return this.model
      .find({ organizationId, 'review.state': state, ...position })
      .sort({ 'review.openedAt': 1, _id: 1 })
      .limit(limit)
      .lean<TranscriptDocument[]>();
  }

  async erase(organizationId: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    await this.deleteMany(organizationId, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
  }
}
