import { Injectable } from '@nestjs/common';
import { CodedError, GetAgentRpc } from '#libs/contracts/index.js';
import { normalizeEmail } from '#libs/domain/identity/email-address.js';
import { RpcClient } from '#libs/messaging/index.js';
import type { Transaction } from '#libs/persistence/index.js';
import type { Caller } from '../requests/requests.module.js';
import { assertMayGrant, toScopes } from '../principals/principals.module.js';
import { createInvalidAgentProblem, UserRepository } from '../users/users.module.js';
import type { InvitationInput } from './invitation.dto.js';
import { IssueInvitation } from './issue-invitation.js';

/** Invites a person to the caller's organization. Users are created only from invitations. */
@Injectable()
export class CreateInvitation {
  constructor(
    private readonly issueInvitation: IssueInvitation,
    private readonly users: UserRepository,
    private readonly rpc: RpcClient,
  ) {}

  /** @throws CodedError `email_taken`, `not_found` for the agent; Problem 400, 403 */
  async execute(caller: Caller, input: InvitationInput, tx: Transaction): ReturnType<IssueInvitation['execute']> {
    const { organizationId } = caller;
    assertMayGrant(caller.identity, toScopes(input.role));
    if (input.role === 'agent') {
      if (input.agentId === undefined) throw createInvalidAgentProblem('agentId is required with the role agent');
      await this.rpc.call(GetAgentRpc, { agentId: input.agentId }, caller.options);
    } else if (input.agentId !== undefined)
      throw createInvalidAgentProblem('agentId is permitted only with the role agent');
    // Checks only the caller's organization, so that the response does not reveal users of other organizations.
    // Accepting the invitation checks the e-mail address across all organizations.
    if (await this.users.hasEmail(organizationId, normalizeEmail(input.email))) throw createEmailTakenError();
    return this.issueInvitation.execute(organizationId, input, tx);
  }
}

export const createEmailTakenError = (): CodedError =>
  new CodedError('email_taken', 'A user with this e-mail address already exists.');
