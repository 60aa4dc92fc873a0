import { Injectable } from '@nestjs/common';
import { DeliveryAcknowledged, type DeliveryState, type MessageAcknowledgedPayload } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { advance, DeliveryRepository, toDeliveryEventFields } from '../deliveries/deliveries.module.js';
import { AgentRecordRepository } from '../agent-performance/agent-performance.module.js';

/** Messages that remove a delivery from the agent. Acknowledging one does not acknowledge the delivery. */
const REMOVAL_MESSAGE_KINDS: readonly MessageAcknowledgedPayload['messageKind'][] = [
  'delivery_canceled',
  'delivery_withdrawn',
];

/**
 * States that imply that the agent has read the message. An agent who is out for delivery has read it, even without
 * acknowledging it.
 */
const ACKNOWLEDGED_STATES: readonly DeliveryState[] = ['acknowledged', 'out_for_delivery'];

/** Records that the agent has read the delivery's message. Only the first of several acknowledgements has an effect. */
@Injectable()
export class AcknowledgeDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly records: AgentRecordRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { deliveryId, agentId, messageKind }: MessageAcknowledgedPayload,
    tx: Transaction,
  ): Promise<void> {
    if (REMOVAL_MESSAGE_KINDS.includes(messageKind)) return;
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId || ACKNOWLEDGED_STATES.includes(delivery.state)) return;
    const now = this.clock.now();
    const advanced = advance(delivery, { kind: 'acknowledged' }, now);
    if (!advanced) return;
    const event = createAggregateEvent(DeliveryAcknowledged, { ...toDeliveryEventFields(delivery), agentId }, now);
    await this.deliveries.save(tx, organizationId, advanced, [event]);
    if (!delivery.assignedAt) return;
    const seconds = Math.max(0, (now.getTime() - delivery.assignedAt.getTime()) / 1000);
    await this.records.addAcknowledgement(organizationId, agentId, seconds, tx);
  }
}
