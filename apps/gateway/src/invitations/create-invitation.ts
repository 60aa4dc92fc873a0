import { Injectable } from '@nestjs/common';
import { CodedError, GetAgentRpc } from '#libs/contracts/index.js';
import { normalEmail } from '#libs/domain/identity/email-address.js';
import { RpcClient } from '#libs/messaging/index.js';
import type { Transaction } from '#libs/persistence/index.js';
import type { Caller } from '../requests/requests.module.js';
import { assertMayGrant, scopesOf } from '../principals/principals.module.js';
import { agentIssue, UserRepository } from '../users/users.module.js';
import type { InvitationInput } from './invitation.dto.js';
import { IssueInvitation } from './issue-invitation.js';

/** Invites somebody to the caller's organization: the only way in. */
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
    assertMayGrant(caller.identity, scopesOf(input.role));
    if (input.role === 'agent') {
      if (input.agentId === undefined) throw agentIssue('agentId is required with the role agent');
      await this.rpc.call(GetAgentRpc, { agentId: input.agentId }, caller.options);
    } else if (input.agentId !== undefined) throw agentIssue('agentId goes with the role agent only');
    // Whether another organization knows the address is nobody's business: that shows to whoever owns it, at acceptance.
    if (await this.users.hasEmail(organizationId, normalEmail(input.email))) throw emailTaken();
    return this.issueInvitation.execute(organizationId, input, tx);
  }
}

export const emailTaken = (): CodedError =>
  new CodedError('email_taken', 'There is a user with this e-mail address already.');
