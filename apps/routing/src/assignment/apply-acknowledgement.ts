import { Inject, Injectable } from '@nestjs/common';
import { DeliveryAcknowledged, type MessageAcknowledgedPayload } from '#libs/contracts/index.js';
import { aggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { advance, factOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';

/** The agent has read what the customer wants. Told once, whichever of several messages is acknowledged first. */
@Injectable()
export class ApplyAcknowledgement {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { deliveryId, agentId }: MessageAcknowledgedPayload,
    tx: Transaction,
  ): Promise<void> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId || delivery.state === 'acknowledged') return;
    const now = this.clock.now();
    const moved = advance(delivery, { kind: 'acknowledged' }, now);
    if (!moved) return;
    const event = aggregateEvent(DeliveryAcknowledged, { ...factOf(delivery), agentId }, now);
    await this.deliveries.save(tx, organizationId, moved, [event]);
  }
}
