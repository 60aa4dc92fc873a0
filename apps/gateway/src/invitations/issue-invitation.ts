import { Injectable } from '@nestjs/common';
import { InvitationCreated, type UserRole } from '#libs/contracts/index.js';
import { normalizeEmail } from '#libs/domain/identity/email-address.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { InvitationDocument } from '#libs/persistence/schemas/gateway/invitations.js';
import { Clock } from '#libs/clock/clock.js';
import { toDigest, newSecret } from '../credentials/credentials.module.js';
import { InvitationRepository } from './invitation.repository.js';

const VALID_DAYS = 7;

export interface NewInvitation {
  readonly email: string;
  readonly name?: string | undefined;
  readonly role: UserRole;
  readonly agentId?: string | undefined;
}

/** Creates an invitation and its token. Only a digest of the token is stored. */
@Injectable()
export class IssueInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { email, name, role, agentId }: NewInvitation,
    tx: Transaction,
  ): Promise<{ readonly invitation: InvitationDocument; readonly token: string }> {
    const now = this.clock.now();
    const secret = newSecret();
    const agentFields = agentId === undefined ? {} : { agentId };
    const fields = {
      _id: createId('inv'),
      email: normalizeEmail(email),
      ...(name === undefined ? {} : { name }),
      role,
      ...agentFields,
      secretSha256: toDigest(secret),
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_DAYS * 86_400_000),
    };
    const event = createAggregateEvent(InvitationCreated, { invitationId: fields._id, role, ...agentFields }, now);
    const invitation = await this.invitations.create(tx, organizationId, fields, [event]);
    return { invitation, token: `${fields._id}.${secret}` };
  }
}
