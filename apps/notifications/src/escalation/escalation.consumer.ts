import { Controller } from '@nestjs/common';
import { MessageStatusChanged, type EventEnvelope, type MessageStatusPayload } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { RecordMessageStatus } from './record-message-status.js';

/** Consumes telephony's status of the SMS that escalations request. */
@Controller()
export class EscalationConsumer {
  constructor(private readonly recordMessageStatus: RecordMessageStatus) {}

  @OnEvent(MessageStatusChanged)
  async messageStatus(event: EventEnvelope<MessageStatusPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.recordMessageStatus.execute(organizationId, event.payload, tx);
  }
}
