import { Inject, Injectable } from '@nestjs/common';
import type { CustomerInput } from '#libs/contracts/index.js';
import { newId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/customers.js';
import type { CustomerSnapshot } from '#libs/persistence/schemas/deliveries.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { CustomerRepository } from './customer.repository.js';

/** Creates a customer, or updates the one with this phone number; what they decided themselves (opt-out) stays. */
@Injectable()
export class PutCustomer {
  constructor(
    @Inject(CustomerRepository) private readonly customers: CustomerRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, input: CustomerInput, tx: Transaction): Promise<CustomerDocument> {
    const now = this.clock.now();
    const facts = snapshotOf(input);
    const known = await this.customers.findByPhone(organizationId, input.phone, tx);
    if (known) return this.customers.save(tx, organizationId, { ...known, ...facts, updatedAt: now });
    return this.customers.create(tx, organizationId, {
      ...facts,
      _id: newId('cus'),
      doNotCall: false,
      recentAttempts: [],
      createdAt: now,
      updatedAt: now,
    });
  }
}

function snapshotOf(input: CustomerInput): CustomerSnapshot {
  const { callWindows, ...facts } = input;
  if (!callWindows) return facts;
  return {
    ...facts,
    callWindows: callWindows.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
  };
}
