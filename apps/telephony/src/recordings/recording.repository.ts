import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { RecordingDocument, RecordingState } from '#libs/persistence/schemas/telephony/recordings.js';
import { toRangeFilter, toLatestFirstSort, type TimeRange } from '#libs/persistence/latest-first.js';

/** A page of recordings: filters, and the position after which the page starts. */
export interface RecordingQuery extends TimeRange {
  readonly limit: number;
  readonly deliveryId?: string | undefined;
  readonly attemptId?: string | undefined;
  readonly states?: readonly RecordingState[] | undefined;
}

/** Stores the recordings of calls. Their audio is in the object store. */
@Injectable()
export class RecordingRepository extends AggregateRepository<RecordingDocument> {
  protected readonly aggregateName = 'recording';

  constructor(@InjectModel('Recording') model: Model<RecordingDocument>) {
    super(model);
  }

  /** Returns a page of recordings, latest first. */
  async findPage(organization: OrganizationId, query: RecordingQuery): Promise<RecordingDocument[]> {
    const { limit, deliveryId, attemptId, states } = query;
    const filter = {
      ...(deliveryId === undefined ? {} : { deliveryId }),
      ...(attemptId === undefined ? {} : { attemptId }),
      ...(states === undefined ? {} : { state: trusted({ $in: [...states] }) }),
      ...toRangeFilter('reportedAt', query),
    };
    return this.find(organization, filter, { sort: toLatestFirstSort('reportedAt'), limit });
  }

  /** Finds a recording of any organization. Used for signed links, which authorize access on their own. */
  async findByRecordingId(recordingId: string): Promise<RecordingDocument | null> {
    return (await this.model.findById(recordingId).lean<RecordingDocument>().exec()) ?? null;
  }

  /** Finds all recordings of an attempt, including a document that marks its recording as missing. */
  async findByAttempt(organization: OrganizationId, attemptId: string, tx?: Transaction): Promise<RecordingDocument[]> {
    return this.find(organization, { attemptId }, { tx });
  }

  /** Finds the ids of existing recordings, by attempt id. Missing recordings are excluded. */
  async findIdsByAttempt(
    organization: OrganizationId,
    attemptIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    if (attemptIds.length === 0) return new Map();
    const recordings = await this.find(organization, { attemptId: trusted({ $in: [...attemptIds] }) });
    return new Map(
      recordings.filter(({ state }) => state !== 'missing').map(({ attemptId, _id }) => [attemptId, _id] as const),
    );
  }

  /** Whether a recording of one of these deliveries is still to be fetched. */
  async isAnyReported(organizationId: OrganizationId, deliveryIds: readonly string[]): Promise<boolean> {
    const filter = { organizationId, deliveryId: trusted({ $in: [...deliveryIds] }) };
    return (await this.model.exists({ ...filter, state: 'reported' }).exec()) !== null;
  }

  /** Finds all recordings of these deliveries, without a limit. */
  findByDeliveries(organizationId: OrganizationId, deliveryIds: readonly string[]): Promise<RecordingDocument[]> {
    const filter = { organizationId, deliveryId: trusted({ $in: [...deliveryIds] }) };
    return this.model.find(filter).lean<RecordingDocument[]>().exec();
  }

  async erase(organization: OrganizationId, deliveryIds: readonly string[], tx: Transaction): Promise<void> {
    await this.deleteMany(organization, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
  }

  async findByCarrierId(
    organization: OrganizationId,
    carrierRecordingId: string,
    tx?: Transaction,
  ): Promise<RecordingDocument | null> {
    // MongoDB uses the partial index, which covers only strings, only if the filter contains `$type`.
    return this.findOne(
      organization,
      { carrierRecordingId: trusted({ $eq: carrierRecordingId, $type: 'string' }) },
      tx,
    );
  }
}
