import { Controller } from '@nestjs/common';
import {
  GetAgentFigures,
  GetCallFigures,
  GetInsights,
  GetSummary,
  GetTimeline,
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
import { GetAgentFiguresUseCase } from './agents/get-agent-figures.js';
import { GetCallFiguresUseCase } from './calls/get-call-figures.js';
import { GetInsightsUseCase } from './insights/get-insights.js';
import { GetSummaryUseCase } from './summary/get-summary.js';
import { GetTimelineUseCase } from './timeline/get-timeline.js';

/** What other apps may ask of this one. */
@Controller()
export class AnalyticsRpc {
  constructor(
    private readonly getSummary: GetSummaryUseCase,
    private readonly getAgentFigures: GetAgentFiguresUseCase,
    private readonly getCallFigures: GetCallFiguresUseCase,
    private readonly getInsights: GetInsightsUseCase,
    private readonly getTimeline: GetTimelineUseCase,
  ) {}

  @OnRpc(GetSummary)
  summary(request: GetSummaryRequest, { organizationId }: QueryContext): Promise<Summary> {
    return this.getSummary.execute(organizationId, request);
  }

  @OnRpc(GetAgentFigures)
  agents(request: SpanRequest, { organizationId }: QueryContext): Promise<AgentFiguresReply> {
    return this.getAgentFigures.execute(organizationId, request);
  }

  @OnRpc(GetCallFigures)
  calls(request: CallFiguresRequest, { organizationId }: QueryContext): Promise<CallFiguresReply> {
    return this.getCallFigures.execute(organizationId, request);
  }

  @OnRpc(GetInsights)
  insights(request: InsightsRequest, { organizationId }: QueryContext): Promise<InsightsReply> {
    return this.getInsights.execute(organizationId, request);
  }

  @OnRpc(GetTimeline)
  timeline(request: GetTimelineRequest, { organizationId }: QueryContext): Promise<Timeline> {
    return this.getTimeline.execute(organizationId, request.deliveryId);
  }
}
