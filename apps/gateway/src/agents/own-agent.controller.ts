import { Controller, Inject, Param } from '@nestjs/common';
import {
  AcknowledgeMessage,
  InboxMessage,
  InboxPage,
  PushSubscription,
  IntegerField,
  ListInbox,
  RegisterPushSubscription,
  TextField,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { ContractBody, ContractQuery } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';

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

  @Operation('GET', 'inbox', {
    id: 'listOwnInbox',
    summary: 'An agent’s own messages after a sequence, oldest first.',
    access: 'inbox:own',
    query: InboxQuery,
    reply: InboxPage,
  })
  inbox(@ContractQuery(InboxQuery) query: InboxQuery, @AsCaller() caller: Caller): Promise<InboxPage> {
    const { agentId } = caller;
    const page = { agentId, afterSequence: query.after ?? 0, limit: query.limit ?? DEFAULT_PAGE };
    return this.rpc.call(ListInbox, page, caller.options);
  }

  @Operation('POST', 'inbox/:messageId/acknowledgement', {
    id: 'acknowledgeMessage',
    summary: 'The agent has read the message.',
    access: 'inbox:own',
    status: 200,
    reply: InboxMessage,
  })
  acknowledge(@Param('messageId') messageId: string, @AsCaller() caller: Caller): Promise<InboxMessage> {
    const { agentId } = caller;
    return this.rpc.call(AcknowledgeMessage, { agentId, messageId }, caller.options);
  }

  @Operation('POST', 'push-subscriptions', {
    id: 'registerPushSubscription',
    summary: 'A device of the agent can be reached by push.',
    access: 'devices:own',
    body: OwnPushSubscription,
    reply: PushSubscription,
    errors: RegisterPushSubscription.errors,
  })
  register(
    @ContractBody(OwnPushSubscription) input: OwnPushSubscription,
    @AsCaller() caller: Caller,
  ): Promise<PushSubscription> {
    const { agentId } = caller;
    return this.rpc.call(RegisterPushSubscription, { ...input, agentId }, caller.options);
  }
}
