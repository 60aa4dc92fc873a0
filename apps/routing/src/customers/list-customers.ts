import { Injectable } from '@nestjs/common';
import type { CustomerPage, ListCustomersRequest } from '#libs/contracts/index.js';
import { decodeCursor, toPage, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { foldName, toCustomer } from './customer.mapper.js';
import { CustomerRepository } from './customer.repository.js';

const ID_CURSOR = /^cus_[0-9a-f]{24}$/;
/** Cursor for pages by name: folded name, line feed, id. The id's fixed length makes the split unambiguous. */
const NAME_CURSOR = /^(?<foldedName>[^]+)\n(?<id>cus_[0-9a-f]{24})$/u;

/** Lists one page of customers: newest first, or by name if a prefix is given. */
@Injectable()
export class ListCustomers {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor, namePrefix, phone, doNotCall }: ListCustomersRequest,
  ): Promise<CustomerPage> {
    const now = this.clock.now();
    const filter = { phone, doNotCall };
    if (namePrefix === undefined) {
      const found = await this.customers.findPage(organizationId, filter, limit + 1, decodeCursor(cursor, ID_CURSOR));
      return toPage(
        found,
        limit,
        ({ _id }) => _id,
        (customer) => toCustomer(customer, now),
      );
    }
    const { foldedName, id } = NAME_CURSOR.exec(decodeCursor(cursor, NAME_CURSOR) ?? '')?.groups ?? {};
    const after = foldedName !== undefined && id !== undefined ? { foldedName, id } : undefined;
    const found = await this.customers.findPageByName(organizationId, foldName(namePrefix), filter, limit + 1, after);
    return toPage(
      found,
      limit,
      (customer) => `${customer.foldedName}\n${customer._id}`,
      (customer) => toCustomer(customer, now),
    );
  }
}
