import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { CustomerRepository } from '../customers/customers.module.js';

/** An attempt rang nowhere: it does not count among the calls that a customer may get in a day. */
@Injectable()
export class ForgetUnrungAttempt {
  constructor(private readonly customers: CustomerRepository) {}

  /** @param requestedAt ISO 8601; names the attempt among the customer's recent ones */
  async execute(
    organizationId: OrganizationId,
    customerId: string,
    requestedAt: string,
    tx: Transaction,
  ): Promise<void> {
    const customer = await this.customers.load(organizationId, customerId, tx);
    const index = customer.recentAttempts.findIndex((at) => at.toISOString() === requestedAt);
    if (index < 0) return;
    const recentAttempts = customer.recentAttempts.toSpliced(index, 1);
    await this.customers.save(tx, organizationId, { ...customer, recentAttempts });
  }
}
