import { Controller } from '@nestjs/common';
import { CallRequested, type CallRequestedPayload, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { AcceptCallRequest } from './accept-call-request.js';

/** Consumes call requests from routing. */
@Controller()
export class CallRequestsConsumer {
  constructor(private readonly acceptRequest: AcceptCallRequest) {}

  @OnEvent(CallRequested)
  onRequested(event: EventEnvelope<CallRequestedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.acceptRequest.execute(organizationId, event.payload, event.sequence, tx);
  }
}
