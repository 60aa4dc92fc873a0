import { Injectable } from '@nestjs/common';
import { DeliveryAcknowledged, type DeliveryState, type MessageAcknowledgedPayload } from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { advance, DeliveryRepository, factOf } from '../deliveries/deliveries.module.js';
import { AgentRecordRepository } from '../agent-performance/agent-performance.module.js';

/** Messages by which an agent learns that there is nothing to deliver: reading them acknowledges no delivery. */
const ENDS: readonly MessageAcknowledgedPayload['messageKind'][] = ['delivery_canceled', 'delivery_withdrawn'];

/** Who has set out has read it, whether they said so or not. */
const ALREADY: readonly DeliveryState[] = ['acknowledged', 'out_for_delivery'];

/** The agent has read what the customer wants. Told once, whichever of several messages is acknowledged first. */
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
    if (ENDS.includes(messageKind)) return;
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId || ALREADY.includes(delivery.state)) return;
    const now = this.clock.now();
    const moved = advance(delivery, { kind: 'acknowledged' }, now);
    if (!moved) return;
    const event = aggregateEvent(DeliveryAcknowledged, { ...factOf(delivery), agentId }, now);
    await this.deliveries.save(tx, organizationId, moved, [event]);
    if (!delivery.assignedAt) return;
    const seconds = Math.max(0, (now.getTime() - delivery.assignedAt.getTime()) / 1000);
    await this.records.addAcknowledgement(organizationId, agentId, seconds, tx);
  }
}
