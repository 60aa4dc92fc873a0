import { Controller } from '@nestjs/common';
import { GetCallTimingRpc, type CallTiming, type GetCallTimingRequest } from '#libs/contracts/index.js';
import { OnRpc, type QueryContext } from '#libs/messaging/index.js';
import { GetCallTiming } from './get-call-timing.js';

/** Queries about call timing. */
@Controller()
export class CallPlanningRpc {
  constructor(private readonly getCallTiming: GetCallTiming) {}

  @OnRpc(GetCallTimingRpc)
  getTiming(request: GetCallTimingRequest, { organizationId }: QueryContext): Promise<CallTiming> {
    return this.getCallTiming.execute(organizationId, request);
  }
}
