import { Injectable } from '@nestjs/common';
import type { CustomerPage, ListCustomersRequest } from '#libs/contracts/index.js';
import { decodeCursor, pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { foldName, toCustomer } from './customer.mapper.js';
import { CustomerRepository } from './customer.repository.js';

const BY_ID = /^cus_[0-9a-f]{24}$/;
/** The id has a fixed length, so whatever stands before it is the name. */
const BY_NAME = /^(?<foldedName>[^]+)\n(?<id>cus_[0-9a-f]{24})$/u;

/** A page of customers: newest first, or by name where its beginning is given. */
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
      const found = await this.customers.page(organizationId, filter, limit + 1, decodeCursor(cursor, BY_ID));
      return pageOf(
        found,
        limit,
        ({ _id }) => _id,
        (customer) => toCustomer(customer, now),
      );
    }
    const { foldedName, id } = BY_NAME.exec(decodeCursor(cursor, BY_NAME) ?? '')?.groups ?? {};
    const after = foldedName !== undefined && id !== undefined ? { foldedName, id } : undefined;
    const found = await this.customers.pageByName(organizationId, foldName(namePrefix), filter, limit + 1, after);
    return pageOf(
      found,
      limit,
      (customer) => `${customer.foldedName}\n${customer._id}`,
      (customer) => toCustomer(customer, now),
    );
  }
}
