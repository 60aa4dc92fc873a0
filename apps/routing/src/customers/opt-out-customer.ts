import { Inject, Injectable } from '@nestjs/common';
import { CustomerOptedOut } from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { CustomerRepository } from './customer.repository.js';

/** The customer wants no more calls or messages. Final, and told once. */
@Injectable()
export class OptOutCustomer {
  constructor(
    @Inject(CustomerRepository) private readonly customers: CustomerRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    customerId: string,
    deliveryId: string,
    tx: Transaction,
  ): Promise<void> {
    const customer = await this.customers.load(organizationId, customerId, tx);
    if (customer.doNotCall) return;
    const now = this.clock.now();
    const optedOut = aggregateEvent(CustomerOptedOut, { customerId, phone: customer.phone, deliveryId }, now);
    await this.customers.save(tx, organizationId, { ...customer, doNotCall: true, updatedAt: now }, [optedOut]);
  }
}
