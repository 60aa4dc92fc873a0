import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import {
  AggregateRepository,
  isDuplicateKey,
  parseOrganizationId,
  trusted,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { CallLogDocument } from '#libs/persistence/schemas/telephony/call-logs.js';
import type { CallResult } from '#libs/contracts/index.js';
import { toRangeFilter, toLatestFirstSort, type TimeRange } from '#libs/persistence/latest-first.js';
import type { CallChange, CallLog } from './call-log.js';

/** The call and the voice flow state are stored unmapped; the Mongoose schema does not describe their shape. */
type StoredCallLog = CallLog & CallLogDocument;

/** A page of attempts: filters, and the position after which the page starts. */
export interface CallLogQuery extends TimeRange {
  readonly limit: number;
  readonly deliveryId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallResult | undefined;
}

/** Stores the log of every call attempt. */
@Injectable()
export class CallLogRepository extends AggregateRepository<StoredCallLog> {
  protected readonly aggregateName = 'call attempt';

  constructor(@InjectModel('CallLog') model: Model<StoredCallLog>) {
    super(model);
  }

  /** Finds the attempt that a webhook names. Carrier webhooks name no organization: the attempt determines it. */
  async findInAnyOrganization(attemptId: string, tx?: Transaction): Promise<CallLog | null> {
    return this.model
      .findOne({ _id: attemptId }, null, tx ? { session: tx.session } : {})
      .lean<StoredCallLog>()
      .exec();
  }

  /**
   * Finds the latest attempts to a number across all organizations, most recently dialed first. Excludes inbound
   * callbacks.
   */
  async findLatestTo(phone: string, limit: number, tx: Transaction): Promise<CallLog[]> {
    return this.model
      .find({ phone, ringBackOf: trusted({ $exists: false }) }, null, { session: tx.session })
      .sort({ dialedAt: -1 })
      .limit(limit)
      .lean<StoredCallLog[]>()
      .exec();
  }

  /** Returns a page of attempts, latest requested first. */
  async findPage(organization: OrganizationId, query: CallLogQuery): Promise<CallLog[]> {
    const { limit, deliveryId, customerId, outcome } = query;
    const filter = {
      ...(deliveryId === undefined ? {} : { deliveryId }),
      ...(customerId === undefined ? {} : { 'request.customerId': customerId }),
      ...(outcome === undefined ? {} : toResultFilter(outcome)),
      ...toRangeFilter('acceptedAt', query),
    };
    return this.find(organization, filter, { sort: toLatestFirstSort('acceptedAt'), limit });
  }

  /** Finds the open attempts of a delivery. */
  async findOpenByDelivery(organization: OrganizationId, deliveryId: string, tx: Transaction): Promise<CallLog[]> {
    return this.find(organization, { deliveryId, closedAt: trusted({ $exists: false }) }, { tx });
  }

  /** Finds the carrier ids of the calls to a number that belong to other attempts, across all organizations. */
  async findOtherCarrierCallIds(phone: string, since: Date, attemptId: string): Promise<string[]> {
    const otherCallLogs = await this.model
      .find({ phone, dialedAt: trusted({ $gte: since }), _id: trusted({ $ne: attemptId }) }, { carrierCallId: 1 })
      .lean<Pick<StoredCallLog, 'carrierCallId'>[]>()
      .exec();
    return otherCallLogs.flatMap(({ carrierCallId }) => carrierCallId ?? []);
  }

  /** Finds the attempts, across all organizations, whose calls the carrier has created and whose end is not known. */
  async findOpenAtCarrier(): Promise<CallLog[]> {
    const anyString = trusted({ $type: 'string' as const });
    return this.model.find({ openNumber: anyString, carrierCallId: anyString }).lean<StoredCallLog[]>().exec();
  }

  /** Whether a call to or from this number may be in progress, across all organizations. */
  async isNumberOpen(phone: string, tx: Transaction): Promise<boolean> {
    return (await this.model.exists({ openNumber: phone }).session(tx.session).exec()) !== null;
  }

  /** Counts the attempts whose call may not have ended, across all organizations. */
  countOpen(): Promise<number> {
    return this.model.countDocuments({ openNumber: trusted({ $type: 'string' }) }).exec();
  }

  /** Saves a change. Does nothing when `changed` is false. */
  async apply(tx: Transaction, { callLog, changed, events }: CallChange): Promise<CallLog> {
    if (!changed) return callLog;
    return this.save(tx, parseOrganizationId(callLog.organizationId), callLog, events);
  }

  /** Whether an attempt of one of these deliveries is still open. */
  async isAnyOpen(organizationId: OrganizationId, deliveryIds: readonly string[]): Promise<boolean> {
    const filter = { organizationId, deliveryId: trusted({ $in: [...deliveryIds] }) };
    return (await this.model.exists({ ...filter, closedAt: trusted({ $exists: false }) }).exec()) !== null;
  }

  /**
   * Erases phone numbers, names and conversations of the calls about these deliveries. Times and outcomes remain.
   * @param replacements stored in place of the phone number and the name
   */
  async erase(
    organization: OrganizationId,
    deliveryIds: readonly string[],
    replacements: { readonly phone: string; readonly text: string },
    tx: Transaction,
  ): Promise<void> {
    const { phone, text } = replacements;
    const redactedFields = { phone, 'request.phone': phone, 'request.customerName': text };
    const update = { $set: redactedFields, $unset: { conversation: 1 as const }, $inc: { revision: 1 } };
    await this.updateMany(organization, { deliveryId: trusted({ $in: [...deliveryIds] }) }, update, tx);
  }

  async loadCall(organization: OrganizationId, attemptId: string, tx?: Transaction): Promise<CallLog> {
    return this.load(organization, attemptId, tx);
  }
}

/** Refused attempts were never dialed, so they have no outcome. */
const toResultFilter = (result: CallResult): Record<string, unknown> =>
  result === 'refused' ? { 'refusal.rule': trusted({ $exists: true }) } : { 'call.outcome': result };

/** Whether the write failed because the called number already has an open attempt. */
export const isNumberReserved = (error: unknown): boolean =>
  isDuplicateKey(error) && 'openNumber' in ((error['keyPattern'] as object | undefined) ?? {});
