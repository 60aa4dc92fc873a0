import { Injectable } from '@nestjs/common';
import { CodedError, InvitationAccepted, UserCreated } from '#libs/contracts/index.js';
import {
  createAggregateEvent,
  isDuplicateKey,
  createId,
  parseOrganizationId,
  TransactionRunner,
  type Transaction,
} from '#libs/persistence/index.js';
import type { InvitationDocument } from '#libs/persistence/schemas/gateway/invitations.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { assertValidPassword, toDigest, equalDigests, Passwords } from '../credentials/credentials.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { createEmailTakenError } from './create-invitation.js';
import { toInvitationState, type Acceptance } from './invitation.dto.js';
import { InvitationRepository } from './invitation.repository.js';

const INVITATION_TOKEN_PATTERN = /^(inv_[0-9a-f]{24})\.([A-Za-z0-9_-]{43})$/;

/** Creates a user from an invitation. Organization, role and e-mail address always come from the invitation. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly users: UserRepository,
    private readonly passwords: Passwords,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `invitation_invalid`, `email_taken`; Problem 400 */
  async execute({ token, name, password }: Acceptance): Promise<UserDocument> {
    // Checks the token before hashing the password, so that requests without a valid token are cheap.
    const invitation = await this.findOpenInvitation(token);
    const chosenName = name ?? invitation.name;
    if (chosenName === undefined) throw Problem.invalid([{ path: 'name', message: 'name is required' }]);
    assertValidPassword('password', password, invitation.email);
    const passwordHash = await this.passwords.hash(password);
    const newUser = { _id: createId('usr'), name: chosenName, passwordHash };
    try {
      return await this.transactions.run((tx) => this.accept(token, newUser, tx), {
        actor: { kind: 'user', id: newUser._id },
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw createEmailTakenError();
      throw error;
    }
  }

  private async findOpenInvitation(token: string, tx?: Transaction): Promise<InvitationDocument> {
    const [, id, secret] = INVITATION_TOKEN_PATTERN.exec(token) ?? [];
    const invitation = id === undefined ? null : await this.invitations.findByInvitationId(id, tx);
    const isOpen = invitation && toInvitationState(invitation, this.clock.now()) === 'open';
    if (!isOpen || !equalDigests(toDigest(secret ?? ''), invitation.secretSha256)) {
      throw new CodedError(
        'invitation_invalid',
        'This invitation is unknown, already used or expired; ask for a new one.',
      );
    }
    return invitation;
  }

  private async accept(
    token: string,
    newUser: Pick<UserDocument, '_id' | 'name' | 'passwordHash'>,
    tx: Transaction,
  ): Promise<UserDocument> {
    const now = this.clock.now();
    const invitation = await this.findOpenInvitation(token, tx);
    const orgId = parseOrganizationId(invitation.organizationId);
    const { _id: invitationId, email, role, agentId } = invitation;
    const { _id: userId } = newUser;
    const membership = { role, ...(agentId === undefined ? {} : { agentId }) };
    await this.invitations.save(tx, orgId, { ...invitation, acceptedAt: now, userId }, [
      createAggregateEvent(InvitationAccepted, { invitationId, userId, ...membership }, now),
    ]);
    const user = { ...newUser, ...membership, email, active: true, createdAt: now };
    return this.users.create(tx, orgId, user, [createAggregateEvent(UserCreated, { userId, ...membership }, now)]);
  }
}
