import { Controller } from '@nestjs/common';
import {
  GetAgentFiguresRpc,
  GetCallFiguresRpc,
  GetInsightsRpc,
  GetSummaryRpc,
  type AgentFiguresReply,
  type CallFiguresReply,
  type CallFiguresRequest,
  type GetSummaryRequest,
  type InsightsReply,
  type InsightsRequest,
  type SpanRequest,
  type Summary,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetAgentFigures } from './get-agent-figures.js';
import { GetCallFigures } from './get-call-figures.js';
import { GetInsights } from './get-insights.js';
import { GetSummary } from './get-summary.js';

/** Queries of an organization's figures. */
@Controller()
export class FiguresRpc {
  constructor(
    private readonly getSummary: GetSummary,
    private readonly getAgentFigures: GetAgentFigures,
    private readonly getCallFigures: GetCallFigures,
    private readonly getInsights: GetInsights,
  ) {}

  @OnRpc(GetSummaryRpc)
  summary(request: GetSummaryRequest, { organizationId }: QueryContext): Promise<Summary> {
    return this.getSummary.execute(organizationId, request);
  }

  @OnRpc(GetAgentFiguresRpc)
  agents(request: SpanRequest, { organizationId }: QueryContext): Promise<AgentFiguresReply> {
    return this.getAgentFigures.execute(organizationId, request);
  }

  @OnRpc(GetCallFiguresRpc)
  calls(request: CallFiguresRequest, { organizationId }: QueryContext): Promise<CallFiguresReply> {
    return this.getCallFigures.execute(organizationId, request);
  }

  @OnRpc(GetInsightsRpc)
  insights(request: InsightsRequest, { organizationId }: QueryContext): Promise<InsightsReply> {
    return this.getInsights.execute(organizationId, request);
  }
}
