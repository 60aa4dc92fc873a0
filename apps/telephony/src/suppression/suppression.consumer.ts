import { Controller } from '@nestjs/common';
import {
  CustomerOptedIn,
  CustomerOptedOut,
  type CustomerOptedInPayload,
  type CustomerOptedOutPayload,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { SuppressedNumberRepository } from './suppressed-number.repository.js';

/** Consumes opt-outs and opt-ins that routing publishes. */
@Controller()
export class SuppressionConsumer {
  constructor(private readonly numbers: SuppressedNumberRepository) {}

  @OnEvent(CustomerOptedOut)
  async onOptedOut(
    { payload, occurredAt }: EventEnvelope<CustomerOptedOutPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.numbers.suppress(organizationId, payload.phone, 'routing', new Date(occurredAt), tx);
  }

  @OnEvent(CustomerOptedIn)
  async onOptedIn(
    { payload, occurredAt }: EventEnvelope<CustomerOptedInPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    await this.numbers.lift(organizationId, payload.phone, new Date(occurredAt), tx);
  }
}
