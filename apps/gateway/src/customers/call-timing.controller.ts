import { Controller, Param } from '@nestjs/common';
import { CallTiming, GetCallTimingRpc, InstantField } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';

class CallTimingQuery {
  @InstantField({
    optional: true,
    description: 'The last instant at which the customer’s answer is useful. Default: in two days.',
  })
  deadline?: string;
}

/** The permitted and the best times to call a customer. */
@Controller('v1/customers/:customerId')
export class CallTimingController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', 'call-timing', {
    id: 'getCallTiming',
    summary: 'Returns when the customer may be called, the best time and why, and how many calls are left today.',
    access: 'routing:read',
    query: CallTimingQuery,
    reply: CallTiming,
  })
  getTiming(
    @Param('customerId') customerId: string,
    @ContractQuery(CallTimingQuery) query: CallTimingQuery,
    @AsCaller() caller: Caller,
  ): Promise<CallTiming> {
    return this.rpc.call(GetCallTimingRpc, { customerId, ...query }, caller.options);
  }
}
