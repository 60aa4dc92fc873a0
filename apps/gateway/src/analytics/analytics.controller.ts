import { Controller, Get, Inject } from '@nestjs/common';
import { GetSummary, GetSummaryRequest, type Summary } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import type { Member } from '../access/identity.js';
import { ContractQuery } from '../http/contract-body.js';

@Controller('v1/analytics')
export class AnalyticsController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Get('summary')
  @Allow('analytics:read')
  summary(
    @ContractQuery(GetSummaryRequest) query: GetSummaryRequest,
    @AsMember() { organizationId }: Member,
  ): Promise<Summary> {
    return this.rpc.call(GetSummary, query, { organizationId });
  }
}
