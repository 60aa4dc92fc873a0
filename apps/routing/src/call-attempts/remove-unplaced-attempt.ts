import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { CustomerRepository } from '../customers/customers.module.js';

/**
 * Removes an attempt that never rang from the customer's recent attempts, so that it does not count toward daily
 * limits.
 */
@Injectable()
export class RemoveUnplacedAttempt {
  constructor(private readonly customers: CustomerRepository) {}

  /** @param requestedAt ISO 8601 instant that identifies the attempt among the customer's recent ones */
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
