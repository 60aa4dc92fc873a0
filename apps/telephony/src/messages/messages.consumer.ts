import { Controller } from '@nestjs/common';
import {
  CustomerTextRequested,
  SmsRequested,
  type CustomerTextRequestedPayload,
  type EventEnvelope,
  type SmsRequestedPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { AcceptCustomerText } from './accept-customer-text.js';
import { AcceptSmsRequest } from './accept-sms-request.js';

/** Consumes requests for text messages from other apps. */
@Controller()
export class MessagesConsumer {
  constructor(
    private readonly acceptRequest: AcceptSmsRequest,
    private readonly acceptText: AcceptCustomerText,
  ) {}

  @OnEvent(CustomerTextRequested)
  onText(event: EventEnvelope<CustomerTextRequestedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.acceptText.execute(organizationId, event.payload, tx);
  }

  @OnEvent(SmsRequested)
  onRequested(event: EventEnvelope<SmsRequestedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.acceptRequest.execute(organizationId, event.payload, tx);
  }
}
