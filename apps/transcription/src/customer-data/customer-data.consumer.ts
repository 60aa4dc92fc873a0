import { Controller } from '@nestjs/common';
import { CustomerErased, type CustomerErasedPayload, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { EraseCustomerData } from './erase-customer-data.js';

/** Consumes erasures of customers. */
@Controller()
export class CustomerDataConsumer {
  constructor(private readonly eraseCustomerData: EraseCustomerData) {}

  @OnEvent(CustomerErased)
  onErased({ payload }: EventEnvelope<CustomerErasedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.eraseCustomerData.execute(organizationId, payload, tx);
  }
}
