import { Controller } from '@nestjs/common';
import {
  AgentFiguresReply,
  CallFiguresReply,
  CallFiguresRequest,
  GetAgentFiguresRpc,
  GetCallFiguresRpc,
  GetInsightsRpc,
  GetSummaryRpc,
  GetSummaryRequest,
  InsightsReply,
  InsightsRequest,
  SpanRequest,
  Summary,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';

@Controller('v1/analytics')
export class FiguresController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', 'summary', {
    id: 'getSummary',
    summary: 'The organization’s figures.',
    access: 'analytics:read',
    query: GetSummaryRequest,
    reply: Summary,
  })
  summary(@ContractQuery(GetSummaryRequest) query: GetSummaryRequest, @AsCaller() caller: Caller): Promise<Summary> {
    return this.rpc.call(GetSummaryRpc, query, caller.options);
  }

  @Operation('GET', 'agents', {
    id: 'getAgentFigures',
    summary: 'What each agent was given and acknowledged in a span of at most 366 days, and how fast.',
    access: 'analytics:read',
    query: SpanRequest,
    reply: AgentFiguresReply,
    errors: GetAgentFiguresRpc.errors,
  })
  agents(@ContractQuery(SpanRequest) query: SpanRequest, @AsCaller() caller: Caller): Promise<AgentFiguresReply> {
    return this.rpc.call(GetAgentFiguresRpc, query, caller.options);
  }

  @Operation('GET', 'calls', {
    id: 'getCallFigures',
    summary: 'How attempts ended and how often somebody was reached, by hour (up to 31 days) or day (up to 366).',
    access: 'analytics:read',
    query: CallFiguresRequest,
    reply: CallFiguresReply,
    errors: GetCallFiguresRpc.errors,
  })
  calls(
    @ContractQuery(CallFiguresRequest) query: CallFiguresRequest,
    @AsCaller() caller: Caller,
  ): Promise<CallFiguresReply> {
    return this.rpc.call(GetCallFiguresRpc, query, caller.options);
  }

  @Operation('GET', 'insights', {
    id: 'getInsights',
    summary: 'What customers spoke of, how they sounded by day, and what hinders deliveries, in at most 366 days.',
    description: 'Counted of what was understood of recordings and texts, as persons corrected it. It holds no words.',
    access: 'analytics:read',
    query: InsightsRequest,
    reply: InsightsReply,
    errors: GetInsightsRpc.errors,
  })
  insights(@ContractQuery(InsightsRequest) query: InsightsRequest, @AsCaller() caller: Caller): Promise<InsightsReply> {
    return this.rpc.call(GetInsightsRpc, query, caller.options);
  }
}
