import { Injectable } from '@nestjs/common';
import {
  CodedError,
  RPC_ERROR_CODES,
  type FieldIssue,
  type PreferencesInput,
  type PutPreferencesRequest,
} from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { CustomerRepository, withStatedPreferences } from '../customers/customers.module.js';
import { SavePreferences } from './save-preferences.js';

/** Sets stated preferences of a customer. Fields that are absent stay unchanged. */
@Injectable()
export class PutPreferences {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly savePreferences: SavePreferences,
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
    const changed = { ...customer, stated: withStatedPreferences(customer.stated, preferences, now) };
    return this.savePreferences.execute(organizationId, changed, now, tx);
  }
}

function checkPreferences({ callWindows = [], preferredHours = [], expiresAt }: PreferencesInput, now: Date): void {
  const issues: FieldIssue[] = [];
  const addIssue = (path: string, message: string): void => void issues.push({ path, message: `${path} ${message}` });
  if (callWindows.some(({ start, end }) => Date.parse(end) <= Date.parse(start)))
    addIssue('callWindows', 'must each end after its start');
  if (preferredHours.some(({ from, until }) => until <= from))
    addIssue('preferredHours', 'must each end after its start');
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime()) addIssue('expiresAt', 'must be in the future');
  if (issues.length === 0) return;
  const message = issues.map((issue) => issue.message).join('; ');
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues });
}
