import { Controller } from '@nestjs/common';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import { OnEvents, type EventContext } from '#libs/messaging/index.js';
import { RecordAuditEntry } from './record-audit-entry.js';

/**
 * Events that the gateway publishes. `LiveConsumer` records the events of the other apps, because it already consumes
 * them for sockets.
 */
export const GATEWAY_EVENTS = contractRegistry.eventsConsumedBy('gateway').filter(({ owner }) => owner === 'gateway');

/** Records the gateway's own events in the audit log. */
@Controller()
export class AuditConsumer {
  constructor(private readonly recordAuditEntry: RecordAuditEntry) {}

  @OnEvents(GATEWAY_EVENTS)
  async onGatewayEvent(event: EventEnvelope, { tx }: EventContext): Promise<void> {
    await this.recordAuditEntry.execute(event, tx);
  }
}
