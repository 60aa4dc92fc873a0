import { Inject, Injectable } from '@nestjs/common';
import { OrganizationCreated, type OrganizationProfile } from '#libs/contracts/index.js';
import { aggregateEvent, newId, organizationId, TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { IssueApiKey, type IssuedApiKey } from '../access/issue-api-key.js';
import { Problem } from '../http/problem.js';
import type { OrganizationInput } from './organization.dto.js';
import { OrganizationRepository } from './organization.repository.js';

const DEFAULTS = { maxAttemptsPerDelivery: 3, callsFromMinute: 9 * 60, callsUntilMinute: 20 * 60 };

/** Admits an organisation and gives its administrator the first key. */
@Injectable()
export class CreateOrganization {
  constructor(
    @Inject(OrganizationRepository) private readonly organizations: OrganizationRepository,
    @Inject(IssueApiKey) private readonly issueApiKey: IssueApiKey,
    @Inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  execute(input: OrganizationInput): Promise<OrganizationProfile & IssuedApiKey> {
    const profile = { ...DEFAULTS, ...input, organizationId: newId('org') };
    if (profile.callsUntilMinute <= profile.callsFromMinute) {
      throw Problem.invalid([{ path: 'callsUntilMinute', message: 'callsUntilMinute must be after callsFromMinute' }]);
    }
    const id = organizationId(profile.organizationId);
    const now = this.clock.now();
    return this.transactions.run(async (tx) => {
      const { organizationId: _id, ...facts } = profile;
      await this.organizations.create(tx, id, { ...facts, _id, createdAt: now }, [
        aggregateEvent(OrganizationCreated, profile, now),
      ]);
      const key = await this.issueApiKey.execute(id, { label: 'first administrator', role: 'admin' }, tx);
      return { ...profile, ...key };
    });
  }
}
