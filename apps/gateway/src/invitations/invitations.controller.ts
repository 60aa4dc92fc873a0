import { Controller, Header, Param } from '@nestjs/common';
import { InvitationWithdrawn } from '#libs/contracts/index.js';
import { aggregateEvent, decodeCursor, pageOf, TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';
import { AsIdempotentCommand, type IdempotentCommand, IdempotentCommands } from '../idempotency/idempotency.module.js';
import { toUser, User } from '../users/users.module.js';
import { AcceptInvitation } from './accept-invitation.js';
import { CreateInvitation } from './create-invitation.js';
import {
  Acceptance,
  InvitationInput,
  InvitationPage,
  InvitationsQuery,
  IssuedInvitation,
  stateOf,
  toInvitation,
} from './invitation.dto.js';
import { InvitationRepository } from './invitation.repository.js';

const DEFAULT_PAGE = 50;
const INVITATION_ID = /^inv_[0-9a-f]{24}$/;

/** How people come to an organization. */
@Controller('v1/invitations')
export class InvitationsController {
  constructor(
    private readonly createInvitation: CreateInvitation,
    private readonly acceptInvitation: AcceptInvitation,
    private readonly commands: IdempotentCommands,
    private readonly invitations: InvitationRepository,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  @Operation('POST', '', {
    id: 'createInvitation',
    summary: 'Invites somebody; the answer holds a token, good once and for seven days, shown this once.',
    access: 'users:write',
    body: InvitationInput,
    reply: IssuedInvitation,
    errors: ['email_taken', 'not_found'],
    answersSecret: true,
  })
  @Header('cache-control', 'no-store')
  async create(
    @ContractBody(InvitationInput) input: InvitationInput,
    @AsCaller() caller: Caller,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<IssuedInvitation> {
    return this.commands.run(command, async (tx) => {
      const { invitation, token } = await this.createInvitation.execute(caller, input, tx);
      return { ...toInvitation(invitation, this.clock.now()), token };
    });
  }

  @Operation('GET', '', {
    id: 'listInvitations',
    summary: 'Invitations, open and past, newest first.',
    access: 'users:read',
    query: InvitationsQuery,
    reply: InvitationPage,
  })
  async list(
    @ContractQuery(InvitationsQuery) query: InvitationsQuery,
    @AsCaller() caller: Caller,
  ): Promise<InvitationPage> {
    const { limit = DEFAULT_PAGE } = query;
    const before = decodeCursor(query.cursor, INVITATION_ID);
    const found = await this.invitations.page(caller.organizationId, { limit: limit + 1, before });
    const now = this.clock.now();
    return pageOf(
      found,
      limit,
      ({ _id }) => _id,
      (invitation) => toInvitation(invitation, now),
    );
  }

  @Operation('DELETE', ':invitationId', {
    id: 'withdrawInvitation',
    summary: 'An open invitation can no longer be accepted; nothing changes for one that is over.',
    access: 'users:write',
  })
  async withdraw(@Param('invitationId') invitationId: string, @AsCaller() caller: Caller): Promise<void> {
    const { organizationId, options } = caller;
    await this.transactions.run(
      async (tx) => {
        const now = this.clock.now();
        const invitation = await this.invitations.load(organizationId, invitationId, tx);
        if (stateOf(invitation, now) !== 'open') return;
        const { role, agentId } = invitation;
        const payload = { invitationId, role, ...(agentId === undefined ? {} : { agentId }) };
        const told = aggregateEvent(InvitationWithdrawn, payload, now);
        await this.invitations.save(tx, organizationId, { ...invitation, withdrawnAt: now }, [told]);
      },
      { actor: options.actor },
    );
  }

  @Operation('POST', 'accept', {
    id: 'acceptInvitation',
    summary: 'Whoever holds an invitation’s token becomes a user with a password of their own.',
    description: 'Organization, role and e-mail address are the invitation’s. Then sign in.',
    access: 'public',
    body: Acceptance,
    reply: User,
    errors: ['invitation_invalid', 'email_taken'],
    idempotent: false,
  })
  async accept(@ContractBody(Acceptance) input: Acceptance): Promise<User> {
    return toUser(await this.acceptInvitation.execute(input));
  }
}
