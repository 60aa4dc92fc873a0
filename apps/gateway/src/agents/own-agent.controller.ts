import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  AcknowledgeMessage,
  IntegerField,
  ListInbox,
  RegisterPushSubscription,
  TextField,
  type InboxMessage,
  type InboxPage,
  type PushSubscription,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import type { Member } from '../access/identity.js';
import { ContractBody, ContractQuery } from '../http/contract-body.js';
import { CommandId } from '../http/idempotency.js';
import { Problem } from '../http/problem.js';

const DEFAULT_PAGE = 50;

class InboxQuery {
  /** The sequence of the last message the application has. */
  @IntegerField({ optional: true, min: 0 }) after?: number;
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
}

class OwnPushSubscription {
  @TextField({ max: 1000, pattern: /^https?:\/\//, patternMeaning: 'an http(s) URL' }) endpoint!: string;
  @TextField({ max: 200 }) p256dh!: string;
  @TextField({ max: 100 }) auth!: string;
}

/** What an agent does for themselves; the agent is the token's, never the path's. */
@Controller('v1/me')
export class OwnAgentController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Get('inbox')
  @Allow('inbox:own')
  inbox(@ContractQuery(InboxQuery) query: InboxQuery, @AsMember() member: Member): Promise<InboxPage> {
    const { agentId, organizationId } = agentOf(member);
    const page = { agentId, afterSequence: query.after ?? 0, limit: query.limit ?? DEFAULT_PAGE };
    return this.rpc.call(ListInbox, page, { organizationId });
  }

  @Post('inbox/:messageId/acknowledgement')
  @Allow('inbox:own')
  @HttpCode(200)
  acknowledge(@Param('messageId') messageId: string, @AsMember() member: Member): Promise<InboxMessage> {
    const { agentId, organizationId } = agentOf(member);
    return this.rpc.call(AcknowledgeMessage, { agentId, messageId }, { organizationId });
  }

  @Post('push-subscriptions')
  @Allow('push-subscriptions:own')
  @HttpCode(201)
  register(
    @ContractBody(OwnPushSubscription) input: OwnPushSubscription,
    @AsMember() member: Member,
    @CommandId() command: { commandId?: string },
  ): Promise<PushSubscription> {
    const { agentId, organizationId } = agentOf(member);
    return this.rpc.call(RegisterPushSubscription, { ...input, agentId }, { organizationId, ...command });
  }
}

function agentOf(member: Member): Extract<Member, { role: 'agent' }> {
  if (member.role !== 'agent') throw Problem.forbidden();
  return member;
}
