import { Controller } from '@nestjs/common';
import {
  AnalyticsCustomerErased,
  contractRegistry,
  type CustomerErasedPayload,
  type ErasureReport,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import { OnEvents, type EventContext } from '#libs/messaging/index.js';
import type { NewEvent } from '#libs/persistence/index.js';
import { isErasure, RecordEvent } from './record-event.js';

/** Consumes every event that the registry names analytics for; all are recorded alike. */
@Controller()
export class EventsConsumer {
  constructor(private readonly recordEvent: RecordEvent) {}

  @OnEvents(contractRegistry.eventsConsumedBy('analytics'))
  async record(event: EventEnvelope, { tx }: EventContext): Promise<void> {
    await this.recordEvent.execute(event, tx);
    // Reported when it is first consumed, not when projections are rebuilt from past events.
    if (isErasure(event)) tx.emit(toErasureReport(event));
  }
}

function toErasureReport({ organizationId, payload }: EventEnvelope<CustomerErasedPayload>): NewEvent<ErasureReport> {
  const { erasureId, customerId } = payload;
  return {
    contract: AnalyticsCustomerErased,
    organizationId,
    aggregateId: erasureId,
    sequence: 1,
    payload: { erasureId, customerId },
    occurredAt: new Date(),
  };
}
