import { Controller } from '@nestjs/common';
import { CustomerErased, type CustomerErasedPayload, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { ForgetCustomer } from './forget-customer.js';

/** Consumes routing's request to erase a customer. */
@Controller()
export class ErasureConsumer {
  constructor(private readonly forgetCustomer: ForgetCustomer) {}

  @OnEvent(CustomerErased)
  async erased(event: EventEnvelope<CustomerErasedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    await this.forgetCustomer.execute(organizationId, event.payload, tx);
  }
}
