import { Controller, Inject } from '@nestjs/common';
import {
  GetSummary,
  GetTimeline,
  type GetSummaryRequest,
  type GetTimelineRequest,
  type Summary,
  type Timeline,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetSummaryUseCase } from './summary/get-summary.js';
import { GetTimelineUseCase } from './timeline/get-timeline.js';

/** What other apps may ask of this one. */
@Controller()
export class AnalyticsRpc {
  constructor(
    @Inject(GetSummaryUseCase) private readonly getSummary: GetSummaryUseCase,
    @Inject(GetTimelineUseCase) private readonly getTimeline: GetTimelineUseCase,
  ) {}

  @OnRpc(GetSummary)
  summary(request: GetSummaryRequest, { organizationId }: QueryContext): Promise<Summary> {
    return this.getSummary.execute(organizationId, request);
  }

  @OnRpc(GetTimeline)
  timeline(request: GetTimelineRequest, { organizationId }: QueryContext): Promise<Timeline> {
    return this.getTimeline.execute(organizationId, request.deliveryId);
  }
}
