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

const DEFAULT_PAGE = 50;

class CallsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @IdField({ optional: true }) deliveryId?: string;
  @IdField({ optional: true }) customerId?: string;
  @ChoiceField(CALL_RESULTS, { optional: true }) outcome?: CallResult;
  @InstantField({ optional: true, description: 'Requested at this instant or later.' }) from?: string;
  @InstantField({ optional: true, description: 'Requested before this instant.' }) to?: string;
}

@Controller('v1/calls')
export class CallsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'listCalls',
    summary: 'Attempts to reach customers, the latest requested first, a page at a time.',
    access: 'calls:read',
    query: CallsQuery,
    reply: CallPage,
  })
  list(@ContractQuery(CallsQuery) query: CallsQuery, @AsCaller() caller: Caller): Promise<CallPage> {
    return this.rpc.call(ListCallsRpc, { ...query, limit: query.limit ?? DEFAULT_PAGE }, caller.options);
  }

  @Operation('GET', ':attemptId', {
    id: 'getCall',
    summary: 'One attempt with its whole conversation; access codes are masked.',
    access: 'calls:read',
    reply: CallDetails,
    etag: true,
  })
  get(@Param('attemptId') attemptId: string, @AsCaller() caller: Caller): Promise<CallDetails> {
    return this.rpc.call(GetCallRpc, { attemptId }, caller.options);
  }

  @Operation('POST', ':attemptId/cancellation', {
    id: 'cancelCall',
    summary: 'Gives an attempt up before it is answered.',
    description:
      'An attempt that was not dialled yet is over at once and never will be. One under way is ended at the carrier; ' +
      'when the customer picks up in the same moment the call goes on. A canceled attempt is not followed by another. ' +
      'Asking again changes nothing.',
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
    summary: 'Connects the customer who is on the line with the organisation’s dispatcher.',
    description:
      'The customer is told that a colleague wants to talk to them, and `dispatcherPhone` rings. If nobody takes it there, the ' +
      'call ends with the promise of a text. What was said before counts. Asking again changes nothing.',
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
    summary: 'Hangs up on a customer who is on the line.',
    description:
      'What was said before counts. One that nobody has picked up is canceled instead. Asking again changes nothing.',
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
