import { Controller } from '@nestjs/common';
import { DeliveryCanceled, type DeliveryCanceledPayload, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { CancelAttempts } from './cancel-attempts.js';

/** Consumes cancellations of deliveries. */
@Controller()
export class DeliveriesConsumer {
  constructor(private readonly cancelAttempts: CancelAttempts) {}

  @OnEvent(DeliveryCanceled)
  onCanceled(event: EventEnvelope<DeliveryCanceledPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.cancelAttempts.execute(organizationId, event.payload.deliveryId, event.sequence, tx);
  }
}
