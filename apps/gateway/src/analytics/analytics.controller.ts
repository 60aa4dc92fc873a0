import { Controller, Inject } from '@nestjs/common';
import { GetSummary, GetSummaryRequest, Summary } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { ContractQuery } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';

@Controller('v1/analytics')
export class AnalyticsController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Operation('GET', 'summary', {
    id: 'getSummary',
    summary: 'The organisation’s figures.',
    access: 'analytics:read',
    query: GetSummaryRequest,
    reply: Summary,
  })
  summary(@ContractQuery(GetSummaryRequest) query: GetSummaryRequest, @AsCaller() caller: Caller): Promise<Summary> {
    return this.rpc.call(GetSummary, query, caller.options);
  }
}
