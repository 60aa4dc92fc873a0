import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { RecordingDocument } from '#libs/persistence/schemas/recordings.js';

@Injectable()
export class RecordingRepository extends AggregateRepository<RecordingDocument> {
  protected readonly what = 'recording';

  constructor(@InjectModel('Recording') model: Model<RecordingDocument>) {
    super(model);
  }

  /** All that is known of an attempt's recordings, the knowledge that there is none included. */
  async findOfAttempt(organization: OrganizationId, attemptId: string, tx?: Transaction): Promise<RecordingDocument[]> {
    return this.find(organization, { attemptId }, { tx });
  }

  /** The recordings that exist, by their attempts. */
  async idsOfAttempts(
    organization: OrganizationId,
    attemptIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    if (attemptIds.length === 0) return new Map();
    const found = await this.find(organization, { attemptId: trusted({ $in: [...attemptIds] }) });
    return new Map(
      found.filter(({ state }) => state !== 'missing').map(({ attemptId, _id }) => [attemptId, _id] as const),
    );
  }

  async findByCarrierId(
    organization: OrganizationId,
    carrierRecordingId: string,
    tx?: Transaction,
  ): Promise<RecordingDocument | null> {
    // The type is said, too: the index holds strings only, and without it would not be used.
    return this.findOne(
      organization,
      { carrierRecordingId: trusted({ $eq: carrierRecordingId, $type: 'string' }) },
      tx,
    );
  }
}
