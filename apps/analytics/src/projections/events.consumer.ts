import { Controller } from '@nestjs/common';
import {
  AnalyticsCustomerErased,
  contractRegistry,
  type CustomerErasedPayload,
  type ErasureReport,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import type { NewEvent } from '#libs/persistence/index.js';
import { isErasure, RecordEvent } from './record-event.js';

/** Hears every event that the registry names analytics for: each gets a handler below, and all do the same. */
@Controller()
export class EventsConsumer {
  constructor(readonly recordEvent: RecordEvent) {}
}

for (const contract of contractRegistry.eventsConsumedBy('analytics')) {
  const handler = async function (this: EventsConsumer, event: EventEnvelope, { tx }: EventContext): Promise<void> {
    await this.recordEvent.execute(event, tx);
    // Told when it is heard first, and not when projections are made anew from events of the past.
    if (isErasure(event)) tx.emit(erasureReport(event));
  };
  const descriptor = { value: handler, writable: true, enumerable: false, configurable: true };
  Object.defineProperty(EventsConsumer.prototype, contract.subject, descriptor);
  OnEvent(contract)(EventsConsumer.prototype, contract.subject, descriptor);
}

function erasureReport({ organizationId, payload }: EventEnvelope<CustomerErasedPayload>): NewEvent<ErasureReport> {
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
