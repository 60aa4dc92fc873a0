import { Controller } from '@nestjs/common';
import {
  CustomerErased,
  MessageReceived,
  RecordingStored,
  type CustomerErasedPayload,
  type EventEnvelope,
  type MessageReceivedPayload,
  type RecordingStoredPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { ReceiveText } from '../texts/receive-text.js';
import { ForgetCustomer } from './forget-customer.js';
import { OpenTranscript } from './open-transcript.js';

/** Telephony's recordings and text messages, and the customers whose words are to be forgotten. */
@Controller()
export class RecordingsConsumer {
  constructor(
    private readonly openTranscript: OpenTranscript,
    private readonly receiveText: ReceiveText,
    private readonly forgetCustomer: ForgetCustomer,
  ) {}

  @OnEvent(RecordingStored)
  onStored({ payload }: EventEnvelope<RecordingStoredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.openTranscript.execute(organizationId, payload, tx);
  }

  @OnEvent(MessageReceived)
  onMessage({ payload }: EventEnvelope<MessageReceivedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.receiveText.execute(organizationId, payload, tx);
  }

  @OnEvent(CustomerErased)
  onErased({ payload }: EventEnvelope<CustomerErasedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.forgetCustomer.execute(organizationId, payload, tx);
  }
}
