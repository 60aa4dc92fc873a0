import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ContactTryDocument } from '#libs/persistence/schemas/routing/contact-tries.js';

/** Keyset cursor of judged attempts: those for which it is known whether they reached the customer. */
export interface JudgedAttemptCursor {
  readonly judgedAt: Date;
  readonly id: string;
}

/** Stores attempts with their results, from which contact models learn. */
@Injectable()
export class ContactTryRepository extends TenantRepository<ContactTryDocument> {
  constructor(@InjectModel('ContactTry') model: Model<ContactTryDocument>) {
    super(model);
  }

  /**
   * Stores whether an attempt reached the customer. Later results of the same attempt are ignored.
   * @returns the attempt, or `null` if nothing was written
   */
  recordResult(
    organizationId: OrganizationId,
    attemptId: string,
    reached: boolean,
    judgedAt: Date,
    tx: Transaction,
  ): Promise<ContactTryDocument | null> {
    const withoutResult = { _id: attemptId, judgedAt: trusted({ $exists: false }) };
    return this.updateOne(organizationId, withoutResult, { $set: { reached, judgedAt } }, tx);
  }

  /** Finds attempts with a result, in the order in which the results were stored. */
  findJudged(
    organizationId: OrganizationId,
    {
      after,
      before,
      limit,
    }: { readonly after?: JudgedAttemptCursor | undefined; readonly before: Date; readonly limit: number },
  ): Promise<ContactTryDocument[]> {
    const afterCursor = after && {
      $or: [
        { judgedAt: trusted({ $gt: after.judgedAt }) },
        { judgedAt: after.judgedAt, _id: trusted({ $gt: after.id }) },
      ],
    };
    const filter = { judgedAt: trusted({ $exists: true, $lt: before }), ...afterCursor };
    return this.find(organizationId, filter, { sort: { judgedAt: 1, _id: 1 }, limit });
  }

  /** Finds the position that is followed by the last `count` attempts with a result, if there are more than `count`. */
  async findCursorBeforeLast(organizationId: OrganizationId, count: number): Promise<JudgedAttemptCursor | undefined> {
    const filter = { organizationId, judgedAt: trusted({ $exists: true }) };
    const query = this.model.findOne(filter, { judgedAt: 1 }).sort({ judgedAt: -1, _id: -1 }).skip(count);
    const found = await query.lean<Pick<ContactTryDocument, '_id' | 'judgedAt'>>().exec();
    return found?.judgedAt && { judgedAt: found.judgedAt, id: found._id };
  }

  /** Removes the customer's id from their attempts, which remain training data of the organization's model. */
  async detachCustomer(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<void> {
    await this.updateMany(organizationId, { customerId }, { $unset: { customerId: 1 } }, tx);
  }
}
