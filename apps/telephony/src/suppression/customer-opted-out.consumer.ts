import { Controller, Inject } from '@nestjs/common';
import { CustomerOptedOut, type CustomerOptedOutPayload, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { organizationId } from '#libs/persistence/index.js';
import { SuppressedNumberRepository } from './suppressed-number.repository.js';

@Controller()
export class CustomerOptedOutConsumer {
  constructor(@Inject(SuppressedNumberRepository) private readonly numbers: SuppressedNumberRepository) {}

  @OnEvent(CustomerOptedOut)
  async onOptedOut(event: EventEnvelope<CustomerOptedOutPayload>, { tx }: EventContext): Promise<void> {
    const { phone } = event.payload;
    await this.numbers.suppress(organizationId(event.organizationId), phone, 'routing', new Date(event.occurredAt), tx);
  }
}
