import { Injectable } from '@nestjs/common';
import {
  CodedError,
  CustomerChanged,
  RPC_ERROR_CODES,
  type Consent,
  type ConsentInput,
  type PutConsentRequest,
} from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { ConsentRecordDocument } from '#libs/persistence/schemas/routing/consent-records.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { DEFAULT_LEGAL_BASIS } from '../calls/calling-policy.js';
import { ReplanCalls } from '../calls/replan-calls.js';
import { ConsentRecordRepository, type NewConsentRecord } from './consent-record.repository.js';
import { CustomerRepository } from './customer.repository.js';

/** Records on what ground a customer may be called. What is said now counts for planned calls at once. */
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
    const record = consentRecordOf(customerId, consent, now);
    await this.consents.add(organizationId, record, tx);
    const changed = aggregateEvent(CustomerChanged, { customerId, parts: ['consent' as const] }, now);
    const given = { ...customer, legalBasis: consent.legalBasis, updatedAt: now };
    const stored = await this.customers.save(tx, organizationId, given, [changed]);
    await this.replanCalls.execute(organizationId, stored, tx);
    return toConsent(stored, await this.consents.history(organizationId, customerId, tx));
  }

  async read(organizationId: OrganizationId, customerId: string): Promise<Consent> {
    const customer = await this.customers.load(organizationId, customerId);
    return toConsent(customer, await this.consents.history(organizationId, customerId));
  }
}

/** @throws CodedError `invalid_request` for what is said to have happened later than now */
export function consentRecordOf(
  customerId: string,
  { legalBasis, grantedAt, source, evidence }: ConsentInput,
  now: Date,
): NewConsentRecord {
  const at = grantedAt === undefined ? now : new Date(grantedAt);
  if (at > now) {
    const message = 'grantedAt must not be in the future';
    throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'grantedAt', message }] });
  }
  const said = { customerId, legalBasis, grantedAt: at, source, recordedAt: now };
  return evidence === undefined ? said : { ...said, evidence };
}

export function toConsent(customer: CustomerDocument, history: readonly ConsentRecordDocument[]): Consent {
  return {
    customerId: customer._id,
    legalBasis: customer.legalBasis ?? DEFAULT_LEGAL_BASIS,
    history: history.map(({ legalBasis, grantedAt, source, evidence, recordedAt }) => ({
      legalBasis,
      grantedAt: grantedAt.toISOString(),
      source,
      ...(evidence === undefined ? {} : { evidence }),
      recordedAt: recordedAt.toISOString(),
    })),
    revision: customer.revision,
  };
}
