import { Injectable } from '@nestjs/common';
import { CodedError, type DeliveryInput } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { CustomerRepository, PutCustomer } from '../customers/customers.module.js';

/** Loads the customer by the id in the request, or upserts the customer that the request describes. */
@Injectable()
export class FindDeliveryCustomer {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly putCustomer: PutCustomer,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { customerId, customer }: DeliveryInput,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    if (customerId !== undefined && !customer) return this.customers.load(organizationId, customerId, tx);
    if (customer && customerId === undefined) return this.putCustomer.execute(organizationId, customer, tx);
    const message = 'Send either customerId, of an existing customer, or customer, to create or update one.';
    throw new CodedError('customer_required', message, { issues: [{ path: 'customer', message }] });
  }
}
