import { Controller } from '@nestjs/common';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvents, type EventContext } from '#libs/messaging/index.js';
import { RecordAuditEntry } from './record-audit-entry.js';

/**
 * Events of the gateway itself. `LiveConsumer` records the events of the other apps, because it consumes them anyway.
 */
export const OWN_EVENTS = contractRegistry.eventsConsumedBy('gateway').filter(({ owner }) => owner === 'gateway');

@Controller()
export class AuditConsumer {
  constructor(private readonly recordAuditEntry: RecordAuditEntry) {}

  @OnEvents(OWN_EVENTS)
  async onOwn(event: EventEnvelope, { tx }: EventContext): Promise<void> {
    await this.recordAuditEntry.execute(event, tx);
  }
}
