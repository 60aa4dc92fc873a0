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

/** Records every event for which the contract registry lists analytics as a consumer. */
@Controller()
export class EventsConsumer {
  constructor(private readonly recordEvent: RecordEvent) {}

  @OnEvents(contractRegistry.eventsConsumedBy('analytics'))
  async record(event: EventEnvelope, { tx }: EventContext): Promise<void> {
    await this.recordEvent.execute(event, tx);
    // Reported here and not in `RecordEvent`: a rebuild of the projections must not report past erasures again.
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
