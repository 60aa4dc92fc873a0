import { Controller } from '@nestjs/common';
import {
  GetAgentFiguresRpc,
  GetCallFiguresRpc,
  GetInsightsRpc,
  GetSummaryRpc,
  GetTimelineRpc,
  type AgentFiguresReply,
  type CallFiguresReply,
  type CallFiguresRequest,
  type GetSummaryRequest,
  type InsightsReply,
  type InsightsRequest,
  type GetTimelineRequest,
  type SpanRequest,
  type Summary,
  type Timeline,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetAgentFigures } from './agents/get-agent-figures.js';
import { GetCallFigures } from './calls/get-call-figures.js';
import { GetInsights } from './insights/get-insights.js';
import { GetSummary } from './summary/get-summary.js';
import { GetTimeline } from './timeline/get-timeline.js';

/** What other apps may ask of this one. */
@Controller()
export class AnalyticsRpc {
  constructor(
    private readonly getSummary: GetSummary,
    private readonly getAgentFigures: GetAgentFigures,
    private readonly getCallFigures: GetCallFigures,
    private readonly getInsights: GetInsights,
    private readonly getTimeline: GetTimeline,
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

  @OnRpc(GetTimelineRpc)
  timeline(request: GetTimelineRequest, { organizationId }: QueryContext): Promise<Timeline> {
    return this.getTimeline.execute(organizationId, request.deliveryId);
  }
}
