import { Controller } from '@nestjs/common';
import { GetTimelineRpc, type GetTimelineRequest, type Timeline } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetTimeline } from './get-timeline.js';

/** Queries of a delivery's timeline. */
@Controller()
export class TimelineRpc {
  constructor(private readonly getTimeline: GetTimeline) {}

  @OnRpc(GetTimelineRpc)
  timeline(request: GetTimelineRequest, { organizationId }: QueryContext): Promise<Timeline> {
    return this.getTimeline.execute(organizationId, request.deliveryId);
  }
}
