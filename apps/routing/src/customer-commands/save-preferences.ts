import { Injectable } from '@nestjs/common';
import { CustomerChanged } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { ReplanCalls } from '../call-planning/call-planning.module.js';
import { CustomerRepository } from '../customers/customers.module.js';

/** Saves a customer whose preferences changed, and replans their calls. */
@Injectable()
export class SavePreferences {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly replanCalls: ReplanCalls,
  ) {}

  async execute(
    organizationId: OrganizationId,
    customer: CustomerDocument,
    now: Date,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const payload = { customerId: customer._id, parts: ['preferences' as const] };
    const changedEvent = createAggregateEvent(CustomerChanged, payload, now);
    const stored = await this.customers.save(tx, organizationId, { ...customer, updatedAt: now }, [changedEvent]);
    await this.replanCalls.execute(organizationId, stored, tx);
    return stored;
  }
}
