import { Controller } from '@nestjs/common';
import {
  AgentAnnouncements,
  AnnouncementsReadPayload,
  ConfirmAnnouncementsRpc,
  IntegerField,
  ReadAnnouncementsRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE_SIZE = 50;

class MyAnnouncementsQuery {
  @IntegerField({
    optional: true,
    min: 0,
    description: 'Only announcements after this sequence. Default: after the last confirmed one.',
  })
  after?: number;
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
}

class ReadUpTo {
  @IntegerField({ min: 1, description: 'The agent has read everything up to this sequence.' }) upTo!: number;
}

/** Announcements for the signed-in agent, and the agent's read cursor: the sequence up to which the agent has read. */
@Controller('v1/me/announcements')
export class MyAnnouncementsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'listOwnAnnouncements',
    summary: 'Lists announcements that the agent has not confirmed, or those after a sequence, oldest first.',
    access: 'inbox:own',
    query: MyAnnouncementsQuery,
    reply: AgentAnnouncements,
  })
  list(
    @ContractQuery(MyAnnouncementsQuery) { after, limit }: MyAnnouncementsQuery,
    @AsCaller() caller: Caller,
  ): Promise<AgentAnnouncements> {
    const { agentId } = caller;
    const request = { agentId, ...(after === undefined ? {} : { after }), limit: limit ?? DEFAULT_PAGE_SIZE };
    return this.rpc.call(ReadAnnouncementsRpc, request, caller.options);
  }

  @Operation('PUT', 'cursor', {
    id: 'confirmOwnAnnouncements',
    summary: 'Confirms that the agent has read everything up to a sequence. The cursor never moves back.',
    access: 'inbox:own',
    body: ReadUpTo,
    reply: AnnouncementsReadPayload,
  })
  confirm(@ContractBody(ReadUpTo) { upTo }: ReadUpTo, @AsCaller() caller: Caller): Promise<AnnouncementsReadPayload> {
    const { agentId } = caller;
    return this.rpc.call(ConfirmAnnouncementsRpc, { agentId, upTo }, caller.options);
  }
}
