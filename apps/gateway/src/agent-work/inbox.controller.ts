import { Controller, Param } from '@nestjs/common';
import {
  AcknowledgeMessageRpc,
  InboxMessage,
  InboxPage,
  IntegerField,
  ListInboxRpc,
  ReportListenedRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';
import { AccessCodeVisibility } from './access-code-visibility.js';

const DEFAULT_PAGE_SIZE = 50;

class InboxQuery {
  @IntegerField({ optional: true, min: 0, description: 'The sequence of the last message that the application has.' })
  after?: number;
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
}

/** The signed-in agent's messages. Access codes are shown only on the day of the delivery. */
@Controller('v1/me/inbox')
export class InboxController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly codes: AccessCodeVisibility,
  ) {}

  @Operation('GET', '', {
    id: 'listOwnInbox',
    summary: 'Lists the signed-in agent’s messages after a sequence, oldest first.',
    access: 'inbox:own',
    query: InboxQuery,
    reply: InboxPage,
  })
  async list(@ContractQuery(InboxQuery) query: InboxQuery, @AsCaller() caller: Caller): Promise<InboxPage> {
    const { agentId } = caller;
    const request = { agentId, afterSequence: query.after ?? 0, limit: query.limit ?? DEFAULT_PAGE_SIZE };
    const { items } = await this.rpc.call(ListInboxRpc, request, caller.options);
    return { items: await Promise.all(items.map((item) => this.codes.apply(caller.organizationId, item))) };
  }

  @Operation('POST', ':messageId/acknowledgement', {
    id: 'acknowledgeMessage',
    summary: 'Records that the agent has read the message.',
    access: 'inbox:own',
    status: 200,
    reply: InboxMessage,
  })
  async acknowledge(@Param('messageId') messageId: string, @AsCaller() caller: Caller): Promise<InboxMessage> {
    const { agentId } = caller;
    const message = await this.rpc.call(AcknowledgeMessageRpc, { agentId, messageId }, caller.options);
    return this.codes.apply(caller.organizationId, message);
  }

  @Operation('POST', ':messageId/listening', {
    id: 'reportMessageListened',
    summary: 'Records that the agent has listened to the recording that the message refers to.',
    access: 'inbox:own',
    status: 200,
    reply: InboxMessage,
    errors: ReportListenedRpc.errors,
  })
  async reportListened(@Param('messageId') messageId: string, @AsCaller() caller: Caller): Promise<InboxMessage> {
    const { agentId } = caller;
    const message = await this.rpc.call(ReportListenedRpc, { agentId, messageId }, caller.options);
    return this.codes.apply(caller.organizationId, message);
  }
}
