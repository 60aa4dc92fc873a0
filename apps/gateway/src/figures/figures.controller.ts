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

/** Figures about an organization’s deliveries, agents and calls. */
@Controller('v1/analytics')
export class FiguresController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', 'summary', {
    id: 'getSummary',
    summary: 'Returns the organization’s key figures.',
    access: 'analytics:read',
    query: GetSummaryRequest,
    reply: Summary,
  })
  getSummary(@ContractQuery(GetSummaryRequest) query: GetSummaryRequest, @AsCaller() caller: Caller): Promise<Summary> {
    return this.rpc.call(GetSummaryRpc, query, caller.options);
  }

  @Operation('GET', 'agents', {
    id: 'getAgentFigures',
    summary: 'Returns what each agent was assigned and acknowledged, and how fast, in a span of at most 366 days.',
    access: 'analytics:read',
    query: SpanRequest,
    reply: AgentFiguresReply,
    errors: GetAgentFiguresRpc.errors,
  })
  getAgentFigures(
    @ContractQuery(SpanRequest) query: SpanRequest,
    @AsCaller() caller: Caller,
  ): Promise<AgentFiguresReply> {
    return this.rpc.call(GetAgentFiguresRpc, query, caller.options);
  }

  @Operation('GET', 'calls', {
    id: 'getCallFigures',
    summary:
      'Returns outcomes of attempts and how often a person was reached, by hour (up to 31 days) or day (up to 366).',
    access: 'analytics:read',
    query: CallFiguresRequest,
    reply: CallFiguresReply,
    errors: GetCallFiguresRpc.errors,
  })
  getCallFigures(
    @ContractQuery(CallFiguresRequest) query: CallFiguresRequest,
    @AsCaller() caller: Caller,
  ): Promise<CallFiguresReply> {
    return this.rpc.call(GetCallFiguresRpc, query, caller.options);
  }

  @Operation('GET', 'insights', {
    id: 'getInsights',
    summary: 'Returns topics, sentiment by day, and obstacles to deliveries, in a span of at most 366 days.',
    description:
      'Counted from the instructions understood from recordings and texts, including corrections by people. It contains no ' +
      'transcript text.',
    access: 'analytics:read',
    query: InsightsRequest,
    reply: InsightsReply,
    errors: GetInsightsRpc.errors,
  })
  getInsights(
    @ContractQuery(InsightsRequest) query: InsightsRequest,
    @AsCaller() caller: Caller,
  ): Promise<InsightsReply> {
    return this.rpc.call(GetInsightsRpc, query, caller.options);
  }
}
