import { Injectable } from '@nestjs/common';
import type { DeletePreferenceRequest } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { Clock } from '#libs/clock/clock.js';
import { CustomerRepository, withoutPreference } from '../customers/customers.module.js';
import { SavePreferences } from './save-preferences.js';

/** Deletes the stated and the learned value of one field of a customer's preferences. */
@Injectable()
export class DeletePreference {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly savePreferences: SavePreferences,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { customerId, expectedRevision, field }: DeletePreferenceRequest,
    tx: Transaction,
  ): Promise<CustomerDocument> {
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    const { stated, learned, evidence } = customer;
    if (stated[field] === undefined && learned[field] === undefined) return customer;
    const changed = {
      ...customer,
      stated: withoutPreference(stated, field),
      learned: withoutPreference(learned, field),
      // Otherwise the value would be learned again from the same evidence.
      evidence: withoutPreference(evidence ?? {}, field),
    };
    return this.savePreferences.execute(organizationId, changed, this.clock.now(), tx);
  }
}
