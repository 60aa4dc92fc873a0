import { Injectable } from '@nestjs/common';
import { OrganizationCreated, type OrganizationFeatures } from '#libs/contracts/index.js';
import { createAggregateEvent, createId, parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { OrganizationDocument } from '#libs/persistence/schemas/gateway/organizations.js';
import { Clock } from '#libs/clock/clock.js';
import { toScopes } from '../principals/principals.module.js';
import { IssueApiKey } from '../api-keys/api-keys.module.js';
import { IssueInvitation } from '../invitations/invitations.module.js';
import { assertCallingHours, DEFAULT_RETENTION_DAYS, toProfile, type OrganizationInput } from './organization.dto.js';
import { OrganizationRepository } from './organization.repository.js';

/** Calling hours are in minutes after midnight. */
const DEFAULT_PROFILE = {
  maxAttemptsPerDelivery: 3,
  callsFromMinute: 9 * 60,
  callsUntilMinute: 20 * 60,
  daysOff: [],
  recordingRetentionDays: DEFAULT_RETENTION_DAYS,
};
const DEFAULT_FEATURES: OrganizationFeatures = {
  recordCalls: true,
  pauseForCodes: false,
  transcribe: true,
  smsFallback: true,
  holdoutPercent: 0,
};

export interface CreatedOrganization {
  readonly organization: OrganizationDocument;
  readonly keyId: string;
  readonly apiKey: string;
  readonly invitation?: { readonly invitationId: string; readonly token: string };
}

/** Creates an organization with its first API key, and optionally invites its first administrator. */
@Injectable()
export class CreateOrganization {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly issueApiKey: IssueApiKey,
    private readonly issueInvitation: IssueInvitation,
    private readonly clock: Clock,
  ) {}

  async execute({ admin, ...input }: OrganizationInput, tx: Transaction): Promise<CreatedOrganization> {
    const profile = { ...DEFAULT_PROFILE, ...input };
    assertCallingHours(profile);
    const id = parseOrganizationId(createId('org'));
    const now = this.clock.now();
    const fields = { ...profile, features: DEFAULT_FEATURES, _id: id, createdAt: now };
    const event = createAggregateEvent(OrganizationCreated, toProfile(fields), now);
    const organization = await this.organizations.create(tx, id, fields, [event]);
    const firstKey = { label: 'first administrator', scopes: toScopes('admin') };
    const { key, apiKey } = await this.issueApiKey.execute(id, firstKey, tx);
    const createdOrganization = { organization, keyId: key._id, apiKey };
    if (!admin) return createdOrganization;
    const { invitation, token } = await this.issueInvitation.execute(id, { ...admin, role: 'admin' }, tx);
    return { ...createdOrganization, invitation: { invitationId: invitation._id, token } };
  }
}
