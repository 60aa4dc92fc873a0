import { Controller, Inject } from '@nestjs/common';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { RecordEvent } from './record-event.js';

/** Hears every event that the registry names analytics for: each gets a handler below, and all do the same. */
@Controller()
export class EventsConsumer {
  constructor(@Inject(RecordEvent) readonly recordEvent: RecordEvent) {}
}

for (const contract of contractRegistry.eventsConsumedBy('analytics')) {
  const handler = function (this: EventsConsumer, event: EventEnvelope, { tx }: EventContext): Promise<void> {
    return this.recordEvent.execute(event, tx);
  };
  const descriptor = { value: handler, writable: true, enumerable: false, configurable: true };
  Object.defineProperty(EventsConsumer.prototype, contract.subject, descriptor);
  OnEvent(contract)(EventsConsumer.prototype, contract.subject, descriptor);
}
