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
import { CustomerRepository, state } from '../customers/customers.module.js';
import { SavePreferences } from './save-preferences.js';

/** States preferences of a customer; fields that are not named stay as they were. */
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
    const changed = { ...customer, stated: state(customer.stated, preferences, now) };
    return this.savePreferences.execute(organizationId, changed, now, tx);
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
