import { Injectable } from '@nestjs/common';
import { CodedError, CustomerOptedIn, type SetDoNotCallRequest } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { ConsentRecordRepository, CustomerRepository, toConsentRecord } from '../customers/customers.module.js';
import { OptOutCustomer } from './opt-out-customer.js';

/**
 * Opts a customer out of all calls and messages, or in again. Opting in requires new consent on record, so that a
 * clerical mistake cannot cause calls to a customer who opted out.
 */
@Injectable()
export class SetDoNotCall {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly consents: ConsentRecordRepository,
    private readonly optOutCustomer: OptOutCustomer,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    request: SetDoNotCallRequest,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    return request.doNotCall ? this.optOut(organizationId, request, tx) : this.optIn(organizationId, request, tx);
  }

  private async optOut(
    organizationId: OrganizationId,
    { customerId, expectedRevision, reason, source }: SetDoNotCallRequest,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    if (customer.doNotCall) return customer;
    const now = this.clock.now();
    // The legal basis `delivery_notice` withdraws consent.
    const withdrawal = { legalBasis: 'delivery_notice' as const, source, evidence: `Do not call: ${reason}` };
    await this.consents.add(organizationId, toConsentRecord(customerId, withdrawal, now), tx);
    const stored = await this.optOutCustomer.execute(organizationId, customerId, undefined, tx);
    return this.customers.save(tx, organizationId, { ...stored, legalBasis: 'delivery_notice', updatedAt: now });
  }

  private async optIn(
    organizationId: OrganizationId,
    { customerId, expectedRevision, reason, consent }: SetDoNotCallRequest,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    if (!customer.doNotCall) return customer;
    if (consent?.legalBasis !== 'consent') {
      const message =
        'The customer opted out of calls. To opt the customer in again, send `consent` with `legalBasis` "consent" and the `source` of the new consent.';
      throw new CodedError('consent_required', message, { issues: [{ path: 'consent', message }] });
    }
    const now = this.clock.now();
    const record = toConsentRecord(customerId, consent, now);
    await this.consents.add(organizationId, { ...record, evidence: record.evidence ?? reason }, tx);
    const optedInEvent = createAggregateEvent(CustomerOptedIn, { customerId, phone: customer.phone }, now);
    const changed = { ...customer, doNotCall: false, legalBasis: 'consent' as const, updatedAt: now };
    return this.customers.save(tx, organizationId, changed, [optedInEvent]);
  }
}
