import { Controller, Inject } from '@nestjs/common';
import { SmsRequested, type EventEnvelope, type SmsRequestedPayload } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { AcceptSmsRequest } from './accept-sms-request.js';

@Controller()
export class MessagesConsumer {
  constructor(@Inject(AcceptSmsRequest) private readonly acceptRequest: AcceptSmsRequest) {}

  @OnEvent(SmsRequested)
  onRequested(event: EventEnvelope<SmsRequestedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.acceptRequest.execute(organizationId, event.payload, tx);
  }
}
