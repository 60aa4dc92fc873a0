import { Controller, Param } from '@nestjs/common';
import {
  Call,
  CALL_RESULTS,
  CallDetails,
  CallPage,
  CancelCallRpc,
  EndCallRpc,
  TakeOverCallRpc,
  ChoiceField,
  GetCallRpc,
  IdField,
  InstantField,
  IntegerField,
  ListCallsRpc,
  TextField,
  type CallResult,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE_SIZE = 50;

class CallsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @IdField({ optional: true }) deliveryId?: string;
  @IdField({ optional: true }) customerId?: string;
  @ChoiceField(CALL_RESULTS, { optional: true }) outcome?: CallResult;
  @InstantField({ optional: true, description: 'Requested at this instant or later.' }) from?: string;
  @InstantField({ optional: true, description: 'Requested before this instant.' }) to?: string;
}

/** Attempts to reach customers: their calls and conversations, and commands for a call in progress. */
@Controller('v1/calls')
export class CallsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'listCalls',
    summary: 'Lists attempts to reach customers, most recently requested first.',
    access: 'calls:read',
    query: CallsQuery,
    reply: CallPage,
  })
  list(@ContractQuery(CallsQuery) query: CallsQuery, @AsCaller() caller: Caller): Promise<CallPage> {
    return this.rpc.call(ListCallsRpc, { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE }, caller.options);
  }

  @Operation('GET', ':attemptId', {
    id: 'getCall',
    summary: 'Returns an attempt with its whole conversation. Access codes are masked.',
    access: 'calls:read',
    reply: CallDetails,
    etag: true,
  })
  get(@Param('attemptId') attemptId: string, @AsCaller() caller: Caller): Promise<CallDetails> {
    return this.rpc.call(GetCallRpc, { attemptId }, caller.options);
  }

  @Operation('POST', ':attemptId/cancellation', {
    id: 'cancelCall',
    summary: 'Cancels an attempt before it is answered.',
    description:
      'An attempt that has not been dialed is never dialed. A call in progress is ended at the carrier; if the customer ' +
      'picks up at the same moment, the call continues. No other attempt follows a canceled one. Canceling again changes ' +
      'nothing.',
    access: 'calls:write',
    reply: Call,
    errors: CancelCallRpc.errors,
    etag: true,
    ifMatch: true,
    status: 200,
  })
  cancel(@Param('attemptId') attemptId: string, @AsCaller() caller: Caller): Promise<Call> {
    return this.rpc.call(CancelCallRpc, { attemptId, ...caller.expected }, caller.options);
  }

  @Operation('POST', ':attemptId/takeover', {
    id: 'takeOverCall',
    summary: 'Connects the customer on the line with the organization’s dispatcher.',
    description:
      'The customer hears that a colleague wants to talk to them, and `dispatcherPhone` rings. If the dispatcher does not ' +
      'answer, the call ends with the promise of a text. What the customer said before still counts. Repeating the request ' +
      'changes nothing.',
    access: 'calls:write',
    reply: Call,
    errors: TakeOverCallRpc.errors,
    etag: true,
    ifMatch: true,
    status: 200,
  })
  takeOver(@Param('attemptId') attemptId: string, @AsCaller() caller: Caller): Promise<Call> {
    return this.rpc.call(TakeOverCallRpc, { attemptId, ...caller.expected }, caller.options);
  }

  @Operation('POST', ':attemptId/end', {
    id: 'endCall',
    summary: 'Hangs up a call with a customer on the line.',
    description:
      'What the customer said before still counts. A call that has not been picked up is canceled instead. Ending again ' +
      'changes nothing.',
    access: 'calls:write',
    reply: Call,
    errors: EndCallRpc.errors,
    etag: true,
    ifMatch: true,
    status: 200,
  })
  end(@Param('attemptId') attemptId: string, @AsCaller() caller: Caller): Promise<Call> {
    return this.rpc.call(EndCallRpc, { attemptId, ...caller.expected }, caller.options);
  }
}
