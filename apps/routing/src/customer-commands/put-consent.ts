import { Injectable } from '@nestjs/common';
import { CustomerChanged, type Consent, type PutConsentRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ReplanCalls } from '../call-planning/call-planning.module.js';
import {
  ConsentRecordRepository,
  CustomerRepository,
  toConsent,
  toConsentRecord,
} from '../customers/customers.module.js';

/** Records the legal basis for calling a customer, and replans calls accordingly. */
@Injectable()
export class PutConsent {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly consents: ConsentRecordRepository,
    private readonly replanCalls: ReplanCalls,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { customerId, expectedRevision, consent }: PutConsentRequest,
    tx: Transaction,
  ): Promise<Consent> {
    const now = this.clock.now();
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    const record = toConsentRecord(customerId, consent, now);
    await this.consents.add(organizationId, record, tx);
    const changedEvent = createAggregateEvent(CustomerChanged, { customerId, parts: ['consent' as const] }, now);
    const updated = { ...customer, legalBasis: consent.legalBasis, updatedAt: now };
    const stored = await this.customers.save(tx, organizationId, updated, [changedEvent]);
    await this.replanCalls.execute(organizationId, stored, tx);
    return toConsent(stored, await this.consents.findHistory(organizationId, customerId, tx));
  }
}
