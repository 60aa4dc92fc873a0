import { Controller, Header, Param } from '@nestjs/common';
import { InvitationWithdrawn } from '#libs/contracts/index.js';
import { createAggregateEvent, decodeCursor, toPage, TransactionRunner } from '#libs/persistence/index.js';
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
  toInvitationState,
  toInvitation,
} from './invitation.dto.js';
import { InvitationRepository } from './invitation.repository.js';

const DEFAULT_PAGE_SIZE = 50;
const INVITATION_ID_PATTERN = /^inv_[0-9a-f]{24}$/;

/** Invitations of users to an organization. */
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
    summary: 'Invites a person. The response holds a single-use token, valid for seven days and shown only once.',
    access: 'users:write',
    body: InvitationInput,
    reply: IssuedInvitation,
    errors: ['email_taken', 'not_found'],
    replyHasSecret: true,
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
    summary: 'Lists invitations in all states, newest first.',
    access: 'users:read',
    query: InvitationsQuery,
    reply: InvitationPage,
  })
  async list(
    @ContractQuery(InvitationsQuery) query: InvitationsQuery,
    @AsCaller() caller: Caller,
  ): Promise<InvitationPage> {
    const { limit = DEFAULT_PAGE_SIZE } = query;
    const before = decodeCursor(query.cursor, INVITATION_ID_PATTERN);
    const invitations = await this.invitations.findPage(caller.organizationId, { limit: limit + 1, before });
    const now = this.clock.now();
    return toPage(
      invitations,
      limit,
      ({ _id }) => _id,
      (invitation) => toInvitation(invitation, now),
    );
  }

  @Operation('DELETE', ':invitationId', {
    id: 'withdrawInvitation',
    summary: 'Withdraws an open invitation, so that it can no longer be accepted. Others stay unchanged.',
    access: 'users:write',
  })
  async withdraw(@Param('invitationId') invitationId: string, @AsCaller() caller: Caller): Promise<void> {
    const { organizationId, options } = caller;
    await this.transactions.run(
      async (tx) => {
        const now = this.clock.now();
        const invitation = await this.invitations.load(organizationId, invitationId, tx);
        if (toInvitationState(invitation, now) !== 'open') return;
        const { role, agentId } = invitation;
        const payload = { invitationId, role, ...(agentId === undefined ? {} : { agentId }) };
        const event = createAggregateEvent(InvitationWithdrawn, payload, now);
        await this.invitations.save(tx, organizationId, { ...invitation, withdrawnAt: now }, [event]);
      },
      { actor: options.actor },
    );
  }

  @Operation('POST', 'accept', {
    id: 'acceptInvitation',
    summary: 'Creates a user with their own password from an invitation’s token.',
    description: 'Organization, role and e-mail address come from the invitation. The user can then sign in.',
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
