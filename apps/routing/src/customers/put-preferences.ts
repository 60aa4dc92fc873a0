import { Injectable } from '@nestjs/common';
import {
  CodedError,
  CustomerChanged,
  RPC_ERROR_CODES,
  type DeletePreferenceRequest,
  type FieldIssue,
  type PreferencesInput,
  type PutPreferencesRequest,
} from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { ReplanCalls } from '../calls/replan-calls.js';
import { CustomerRepository } from './customer.repository.js';
import { state, without } from './wishes.js';

/** States or forgets wishes of a customer. Calls that are planned go by them at once. */
@Injectable()
export class PutPreferences {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly replanCalls: ReplanCalls,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { customerId, expectedRevision, preferences }: PutPreferencesRequest,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const now = this.clock.now();
    checkPreferences(preferences, now);
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    return this.save(organizationId, { ...customer, stated: state(customer.stated, preferences, now) }, now, tx);
  }

  /** Forgets what was stated and what was learned for a field. */
  async forget(
    organizationId: OrganizationId,
    { customerId, expectedRevision, field }: DeletePreferenceRequest,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    const { stated, learned, evidence } = customer;
    if (stated[field] === undefined && learned[field] === undefined) return customer;
    const forgotten = {
      ...customer,
      stated: without(stated, field),
      learned: without(learned, field),
      // Or it would be learned again from what is to be forgotten.
      evidence: without(evidence ?? {}, field),
    };
    return this.save(organizationId, forgotten, this.clock.now(), tx);
  }

  private async save(
    organizationId: OrganizationId,
    customer: CustomerDocument,
    now: Date,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const payload = { customerId: customer._id, parts: ['preferences' as const] };
    const changed = aggregateEvent(CustomerChanged, payload, now);
    const stored = await this.customers.save(tx, organizationId, { ...customer, updatedAt: now }, [changed]);
    await this.replanCalls.execute(organizationId, stored, tx);
    return stored;
  }
}

function checkPreferences({ callWindows = [], preferredHours = [], expiresAt }: PreferencesInput, now: Date): void {
  const issues: FieldIssue[] = [];
  const refuse = (path: string, message: string): void => void issues.push({ path, message: `${path} ${message}` });
  if (callWindows.some(({ start, end }) => Date.parse(end) <= Date.parse(start)))
    refuse('callWindows', 'must each end after their start');
  if (preferredHours.some(({ from, until }) => until <= from))
    refuse('preferredHours', 'must each end after their start');
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime()) refuse('expiresAt', 'must be in the future');
  if (issues.length === 0) return;
  const message = issues.map((issue) => issue.message).join('; ');
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues });
}
