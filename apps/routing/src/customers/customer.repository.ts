import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import {
  AggregateRepository,
  trusted,
  type AggregateEvent,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';

export interface CustomerFilter {
  readonly phone?: string | undefined;
  readonly doNotCall?: boolean | undefined;
}

/** Keyset cursor of a listing that is sorted by folded name and id. */
export interface NameCursor {
  readonly foldedName: string;
  readonly id: string;
}

/** Sorts after every string that begins with the prefix it is appended to. */
const MAX_CHARACTER = '\u{10FFFF}';

/** Stores customers. A phone number is unique within an organization. */
@Injectable()
export class CustomerRepository extends AggregateRepository<CustomerDocument> {
  protected readonly aggregateName = 'customer';

  constructor(@InjectModel('Customer') model: Model<CustomerDocument>) {
    super(model);
  }

  findByPhone(organizationId: OrganizationId, phone: string, tx?: Transaction): Promise<CustomerDocument | null> {
    return this.findOne(organizationId, { phone }, tx);
  }

  /** Deletes the customer. Saves the document first, so that the erasure event gets the next sequence number. */
  async erase(
    organizationId: OrganizationId,
    customer: CustomerDocument,
    event: AggregateEvent,
    tx: Transaction,
  ): Promise<void> {
    await this.save(tx, organizationId, customer, [event]);
    await this.deleteMany(organizationId, { _id: customer._id }, tx);
  }

  /**
   * Finds one page of customers, newest first.
   * @param before id after which the page starts
   */
  findPage(
    organizationId: OrganizationId,
    filter: CustomerFilter,
    limit: number,
    before: string | undefined,
  ): Promise<CustomerDocument[]> {
    const beforeFilter = before === undefined ? {} : { _id: trusted({ $lt: before }) };
    return this.find(organizationId, { ...toQuery(filter), ...beforeFilter }, { sort: { _id: -1 }, limit });
  }

  /** Finds one page of the customers whose folded name begins with the prefix, sorted by folded name and id. */
  findPageByName(
    organizationId: OrganizationId,
    prefix: string,
    filter: CustomerFilter,
    limit: number,
    after: NameCursor | undefined,
  ): Promise<CustomerDocument[]> {
    const foldedName = trusted({ $gte: after?.foldedName ?? prefix, $lt: `${prefix}${MAX_CHARACTER}` });
    const afterFilter = after && {
      $or: [{ foldedName: trusted({ $gt: after.foldedName }) }, { _id: trusted({ $gt: after.id }) }],
    };
    const sort = { foldedName: 1, _id: 1 } as const;
    return this.find(organizationId, { ...toQuery(filter), foldedName, ...afterFilter }, { sort, limit });
  }
}

function toQuery({ phone, doNotCall }: CustomerFilter): { phone?: string; doNotCall?: boolean } {
  return { ...(phone === undefined ? {} : { phone }), ...(doNotCall === undefined ? {} : { doNotCall }) };
}
