import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ContactTryDocument } from '#libs/persistence/schemas/routing/contact-tries.js';

/** Position after which judged attempts are read. */
export interface JudgedAttemptCursor {
  readonly judgedAt: Date;
  readonly id: string;
}

@Injectable()
export class ContactTryRepository extends TenantRepository<ContactTryDocument> {
  constructor(@InjectModel('ContactTry') model: Model<ContactTryDocument>) {
    super(model);
  }

  /**
   * Stores whether an attempt reached the customer. Later judgments of the same attempt are ignored.
   * @returns the attempt, or `null` if nothing was written
   */
  recordResult(
    organizationId: OrganizationId,
    attemptId: string,
    reached: boolean,
    judgedAt: Date,
    tx: Transaction,
  ): Promise<ContactTryDocument | null> {
    const open = { _id: attemptId, judgedAt: trusted({ $exists: false }) };
    return this.updateOne(organizationId, open, { $set: { reached, judgedAt } }, tx);
  }

  /** Judged attempts in the order in which they were judged. */
  findJudged(
    organizationId: OrganizationId,
    {
      after,
      before,
      limit,
    }: { readonly after?: JudgedAttemptCursor | undefined; readonly before: Date; readonly limit: number },
  ): Promise<ContactTryDocument[]> {
    const later = after && {
      $or: [
        { judgedAt: trusted({ $gt: after.judgedAt }) },
        { judgedAt: after.judgedAt, _id: trusted({ $gt: after.id }) },
      ],
    };
    const filter = { judgedAt: trusted({ $exists: true, $lt: before }), ...later };
    return this.find(organizationId, filter, { sort: { judgedAt: 1, _id: 1 }, limit });
  }

  /** The position that `count` judged attempts follow, or `undefined` if there are no more than `count`. */
  async findCursorBeforeLast(organizationId: OrganizationId, count: number): Promise<JudgedAttemptCursor | undefined> {
    const filter = { organizationId, judgedAt: trusted({ $exists: true }) };
    const query = this.model.findOne(filter, { judgedAt: 1 }).sort({ judgedAt: -1, _id: -1 }).skip(count);
    const found = await query.lean<Pick<ContactTryDocument, '_id' | 'judgedAt'>>().exec();
    return found?.judgedAt && { judgedAt: found.judgedAt, id: found._id };
  }

  /** Detaches a customer's attempts from them; the attempts still count for the organization. */
  async detachCustomer(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<void> {
    await this.updateMany(organizationId, { customerId }, { $unset: { customerId: 1 } }, tx);
  }
}
