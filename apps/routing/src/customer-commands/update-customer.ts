import { Injectable } from '@nestjs/common';
import { CodedError, CustomerChanged, CustomerOptedOut, type UpdateCustomerRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { ReplanCalls } from '../call-planning/call-planning.module.js';
import { CustomerRepository, foldName } from '../customers/customers.module.js';

/** Changes a customer's details, and replans their calls. */
@Injectable()
export class UpdateCustomer {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly replanCalls: ReplanCalls,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { customerId, expectedRevision, changes }: UpdateCustomerRequest,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    const { phone = customer.phone, name = customer.name } = changes;
    const isNewPhone = phone !== customer.phone;
    if (isNewPhone && (await this.customers.findByPhone(organizationId, phone, tx))) {
      throw new CodedError(
        'phone_taken',
        'Another customer of this organization has this number: update that customer.',
      );
    }
    const now = this.clock.now();
    const definedChanges = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const changed: CustomerDocument = { ...customer, ...definedChanges, foldedName: foldName(name), updatedAt: now };
    const events = [
      createAggregateEvent(CustomerChanged, { customerId, parts: ['facts' as const] }, now),
      // An opt-out also applies to the customer's new number.
      ...(isNewPhone && customer.doNotCall ? [createAggregateEvent(CustomerOptedOut, { customerId, phone }, now)] : []),
    ];
    const stored = await this.customers.save(tx, organizationId, changed, events);
    await this.replanCalls.execute(organizationId, stored, tx);
    return stored;
  }
}
