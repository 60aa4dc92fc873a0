import { Injectable } from '@nestjs/common';
import { CustomerOptedOut } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { ReplanCalls } from '../call-planning/call-planning.module.js';
import { CustomerRepository } from '../customers/customers.module.js';

/** Opts a customer out of calls and messages, publishes the opt-out once, and withholds every planned call. */
@Injectable()
export class OptOutCustomer {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly replanCalls: ReplanCalls,
    private readonly clock: Clock,
  ) {}

  /** @param deliveryId the delivery in whose call the customer opted out, if any; the caller saves it */
  async execute(
    organizationId: OrganizationId,
    customerId: string,
    deliveryId: string | undefined,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const customer = await this.customers.load(organizationId, customerId, tx);
    if (customer.doNotCall) return customer;
    const now = this.clock.now();
    const payload = { customerId, phone: customer.phone, ...(deliveryId === undefined ? {} : { deliveryId }) };
    const optedOutEvent = createAggregateEvent(CustomerOptedOut, payload, now);
    const changed = { ...customer, doNotCall: true, updatedAt: now };
    const stored = await this.customers.save(tx, organizationId, changed, [optedOutEvent]);
    await this.replanCalls.execute(organizationId, stored, tx, deliveryId);
    return stored;
  }
}
