import { Controller } from '@nestjs/common';
import { MessageReceived, type EventEnvelope, type MessageReceivedPayload } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { ReceiveText } from './receive-text.js';

/** Consumes text messages from customers. */
@Controller()
export class TextsConsumer {
  constructor(private readonly receiveText: ReceiveText) {}

  @OnEvent(MessageReceived)
  onMessage({ payload }: EventEnvelope<MessageReceivedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.receiveText.execute(organizationId, payload, tx);
  }
}
