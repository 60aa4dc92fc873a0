import { Controller } from '@nestjs/common';
import { InboxMessageListened, type EventEnvelope, type MessageListenedPayload } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { RecordListening } from './record-listening.js';

/** Handles events of the notifications app that report that an agent has listened to a customer's recording. */
@Controller()
export class AgentDayConsumer {
  constructor(private readonly recordListening: RecordListening) {}

  @OnEvent(InboxMessageListened)
  onListened(event: EventEnvelope<MessageListenedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.recordListening.execute(organizationId, event.payload, tx);
  }
}
