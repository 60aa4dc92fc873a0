import { Injectable } from '@nestjs/common';
import { CodedError, InvitationAccepted, UserCreated } from '#libs/contracts/index.js';
import {
  aggregateEvent,
  isDuplicateKey,
  newId,
  organizationId,
  TransactionRunner,
  type Transaction,
} from '#libs/persistence/index.js';
import type { InvitationDocument } from '#libs/persistence/schemas/gateway/invitations.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { assertGoodPassword, digestOf, equalDigests, Passwords } from '../credentials/credentials.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { emailTaken } from './create-invitation.js';
import { stateOf, type Acceptance } from './invitation.dto.js';
import { InvitationRepository } from './invitation.repository.js';

const TOKEN = /^(inv_[0-9a-f]{24})\.([A-Za-z0-9_-]{43})$/;

/** An invitation becomes a user: of its organization and role, whatever else is sent. */
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
    // Before the hash is made: a stranger without a token costs nothing.
    const invited = await this.find(token);
    const chosenName = name ?? invited.name;
    if (chosenName === undefined) throw Problem.invalid([{ path: 'name', message: 'name is required' }]);
    assertGoodPassword('password', password, invited.email);
    const passwordHash = await this.passwords.hash(password);
    const person = { _id: newId('usr'), name: chosenName, passwordHash };
    try {
      return await this.transactions.run((tx) => this.accept(token, person, tx), {
        actor: { kind: 'user', id: person._id },
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw emailTaken();
      throw error;
    }
  }

  private async find(token: string, tx?: Transaction): Promise<InvitationDocument> {
    const [, id, secret] = TOKEN.exec(token) ?? [];
    const invitation = id === undefined ? null : await this.invitations.findByInvitationId(id, tx);
    const isOpen = invitation && stateOf(invitation, this.clock.now()) === 'open';
    if (!isOpen || !equalDigests(digestOf(secret ?? ''), invitation.secretSha256)) {
      throw new CodedError('invitation_invalid', 'This invitation is unknown, used or out of date: ask for another.');
    }
    return invitation;
  }

  private async accept(
    token: string,
    person: Pick<UserDocument, '_id' | 'name' | 'passwordHash'>,
    tx: Transaction,
  ): Promise<UserDocument> {
    const now = this.clock.now();
    const invitation = await this.find(token, tx);
    const tenant = organizationId(invitation.organizationId);
    const { _id: invitationId, email, role, agentId } = invitation;
    const { _id: userId } = person;
    const standing = { role, ...(agentId === undefined ? {} : { agentId }) };
    await this.invitations.save(tx, tenant, { ...invitation, acceptedAt: now, userId }, [
      aggregateEvent(InvitationAccepted, { invitationId, userId, ...standing }, now),
    ]);
    const user = { ...person, ...standing, email, active: true, createdAt: now };
    return this.users.create(tx, tenant, user, [aggregateEvent(UserCreated, { userId, ...standing }, now)]);
  }
}
