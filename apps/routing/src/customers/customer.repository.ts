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

/** The position after which a page by name starts. */
export interface NameKey {
  readonly foldedName: string;
  readonly id: string;
}

/** Sorts after every string that begins with the prefix it is appended to. */
const MAX_CHARACTER = '\u{10FFFF}';

@Injectable()
export class CustomerRepository extends AggregateRepository<CustomerDocument> {
  protected readonly aggregateName = 'customer';

  constructor(@InjectModel('Customer') model: Model<CustomerDocument>) {
    super(model);
  }

  findByPhone(organizationId: OrganizationId, phone: string, tx?: Transaction): Promise<CustomerDocument | null> {
    return this.findOne(organizationId, { phone }, tx);
  }

  /** Deletes the customer. Saves it first, so that the erasure event gets the next sequence number. */
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
   * One page of customers, newest first.
   * @param before id after which the page starts
   */
  page(
    organizationId: OrganizationId,
    filter: CustomerFilter,
    limit: number,
    before: string | undefined,
  ): Promise<CustomerDocument[]> {
    const later = before === undefined ? {} : { _id: trusted({ $lt: before }) };
    return this.find(organizationId, { ...toQuery(filter), ...later }, { sort: { _id: -1 }, limit });
  }

  /** One page of the customers whose folded name begins with the prefix, by name. */
  pageByName(
    organizationId: OrganizationId,
    prefix: string,
    filter: CustomerFilter,
    limit: number,
    after: NameKey | undefined,
  ): Promise<CustomerDocument[]> {
    const foldedName = trusted({ $gte: after?.foldedName ?? prefix, $lt: `${prefix}${MAX_CHARACTER}` });
    const beyond = after && {
      $or: [{ foldedName: trusted({ $gt: after.foldedName }) }, { _id: trusted({ $gt: after.id }) }],
    };
    const sort = { foldedName: 1, _id: 1 } as const;
    return this.find(organizationId, { ...toQuery(filter), foldedName, ...beyond }, { sort, limit });
  }
}

function toQuery({ phone, doNotCall }: CustomerFilter): { phone?: string; doNotCall?: boolean } {
  return { ...(phone === undefined ? {} : { phone }), ...(doNotCall === undefined ? {} : { doNotCall }) };
}
