import { Controller } from '@nestjs/common';
import {
  InboxMessageAcknowledged,
  type EventEnvelope,
  type MessageAcknowledgedPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { AcknowledgeDelivery } from './acknowledge-delivery.js';

/** Consumes acknowledgements of agents from the notifications app. */
@Controller()
export class OffersConsumer {
  constructor(private readonly acknowledgeDelivery: AcknowledgeDelivery) {}

  @OnEvent(InboxMessageAcknowledged)
  onAcknowledged(
    event: EventEnvelope<MessageAcknowledgedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.acknowledgeDelivery.execute(organizationId, event.payload, tx);
  }
}
