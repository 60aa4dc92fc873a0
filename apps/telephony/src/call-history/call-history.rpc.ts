import { Controller } from '@nestjs/common';
import {
  GetCallRpc,
  ListCallsRpc,
  type CallDetails,
  type CallPage,
  type GetCallRequest,
  type ListCallsRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetCall } from './get-call.js';
import { ListCalls } from './list-calls.js';

/** RPCs that read call attempts. */
@Controller()
export class CallHistoryRpc {
  constructor(
    private readonly listCalls: ListCalls,
    private readonly getCall: GetCall,
  ) {}

  @OnRpc(ListCallsRpc)
  onList(request: ListCallsRequest, { organizationId }: QueryContext): Promise<CallPage> {
    return this.listCalls.execute(organizationId, request);
  }

  @OnRpc(GetCallRpc)
  onGet(request: GetCallRequest, { organizationId }: QueryContext): Promise<CallDetails> {
    return this.getCall.execute(organizationId, request);
  }
}
