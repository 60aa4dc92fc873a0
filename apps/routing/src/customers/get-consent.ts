import { Injectable } from '@nestjs/common';
import type { Consent } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { ConsentRecordRepository } from './consent-record.repository.js';
import { toConsent } from './consent.mapper.js';
import { CustomerRepository } from './customer.repository.js';

/** Returns the legal basis for calling a customer, with its recorded history. */
@Injectable()
export class GetConsent {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly consents: ConsentRecordRepository,
  ) {}

  async execute(organizationId: OrganizationId, customerId: string): Promise<Consent> {
    const customer = await this.customers.load(organizationId, customerId);
    return toConsent(customer, await this.consents.findHistory(organizationId, customerId));
  }
}
