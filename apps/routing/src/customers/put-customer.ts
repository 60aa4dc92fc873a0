import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CustomerChanged, CustomerCreated, PREFERENCE_FIELDS, type CustomerInput } from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument, StoredPreferences } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { ConsentRecordRepository } from './consent-record.repository.js';
import { foldName } from './customer.mapper.js';
import { CustomerRepository } from './customer.repository.js';
import { withStatedPreferences } from './preferences.js';

/** Creates a customer, or updates the one with this phone number. Never overrides the customer's consent decision. */
@Injectable()
export class PutCustomer {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly consents: ConsentRecordRepository,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, input: CustomerInput, tx: Transaction): Promise<CustomerDocument> {
    const existing = await this.customers.findByPhone(organizationId, input.phone, tx);
    return existing ? this.update(organizationId, existing, input, tx) : this.create(organizationId, input, tx);
  }

  private async create(
    organizationId: OrganizationId,
    input: CustomerInput,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const now = this.clock.now();
    const { language, callWindows, ...facts } = input;
    const _id = createId('cus');
    const customer = {
      ...facts,
      _id,
      foldedName: foldName(input.name),
      stated: withStatedPreferences({}, toPostedPreferences({ language, callWindows }), now),
      learned: {},
      doNotCall: false,
      recentAttempts: [],
      createdAt: now,
      updatedAt: now,
    };
    const created = createAggregateEvent(CustomerCreated, { customerId: _id }, now);
    const stored = await this.customers.create(tx, organizationId, customer, [created]);
    if (facts.legalBasis) await this.addPartnerConsent(organizationId, _id, facts.legalBasis, now, tx);
    return stored;
  }

  private async update(
    organizationId: OrganizationId,
    existing: CustomerDocument,
    input: CustomerInput,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const now = this.clock.now();
    const { language, callWindows, legalBasis, ...facts } = input;
    const isNewBasis = legalBasis !== undefined && legalBasis !== existing.legalBasis;
    const mayRecordBasis = isNewBasis && !(await this.hasCustomerDecision(organizationId, existing._id, tx));
    const changed: CustomerDocument = {
      ...existing,
      ...facts,
      foldedName: foldName(facts.name),
      ...(mayRecordBasis ? { legalBasis } : {}),
      stated: withPostedPreferences(existing, toPostedPreferences({ language, callWindows }), now),
    };
    // Partners send the customer with every delivery, mostly unchanged.
    if (isDeepStrictEqual(changed, existing)) return existing;
    if (mayRecordBasis) await this.addPartnerConsent(organizationId, existing._id, legalBasis, now, tx);
    const parts = mayRecordBasis ? (['facts', 'consent'] as const) : (['facts'] as const);
    const event = createAggregateEvent(CustomerChanged, { customerId: existing._id, parts: [...parts] }, now);
    return this.customers.save(tx, organizationId, { ...changed, updatedAt: now }, [event]);
  }

  /** Whether the customer's latest consent record is not from a partner. Partners must not override such a record. */
  private async hasCustomerDecision(
    organizationId: OrganizationId,
    customerId: string,
    tx: Transaction,
  ): Promise<boolean> {
    const newest = await this.consents.findNewest(organizationId, customerId, tx);
    return newest !== undefined && newest.source !== 'partner';
  }

  private async addPartnerConsent(
    organizationId: OrganizationId,
    customerId: string,
    legalBasis: NonNullable<CustomerInput['legalBasis']>,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const record = { customerId, legalBasis, grantedAt: now, source: 'partner' as const, recordedAt: now };
    await this.consents.add(organizationId, record, tx);
  }
}

type PostedPreferences = Partial<Pick<CustomerInput, 'language' | 'callWindows'>>;

/**
 * Adds posted preferences to the stated ones. An unchanged preference keeps the instant at which it was first stated.
 */
function withPostedPreferences({ stated }: CustomerDocument, posted: PostedPreferences, now: Date): StoredPreferences {
  const unchanged = PREFERENCE_FIELDS.filter(
    (field) =>
      stated[field] !== undefined && field in posted && hasSameJson(stated[field].value, posted[field as never]),
  );
  const changed = Object.fromEntries(Object.entries(posted).filter(([field]) => !unchanged.includes(field as never)));
  return withStatedPreferences(stated, changed, now);
}

const hasSameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function toPostedPreferences(input: {
  language: CustomerInput['language'];
  callWindows: CustomerInput['callWindows'];
}): PostedPreferences {
  const { language, callWindows } = input;
  return {
    ...(language === undefined ? {} : { language }),
    ...(callWindows === undefined ? {} : { callWindows: callWindows.map(({ start, end }) => ({ start, end })) }),
  };
}
