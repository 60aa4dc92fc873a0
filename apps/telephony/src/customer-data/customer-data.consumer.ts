import { Controller } from '@nestjs/common';
import { CustomerErased, type CustomerErasedPayload, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { ScheduleErasure } from './schedule-erasure.js';

/** Consumes routing's requests to erase a customer. */
@Controller()
export class CustomerDataConsumer {
  constructor(private readonly scheduleErasure: ScheduleErasure) {}

  @OnEvent(CustomerErased)
  onErased({ payload }: EventEnvelope<CustomerErasedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.scheduleErasure.execute(organizationId, payload, tx);
  }
}
