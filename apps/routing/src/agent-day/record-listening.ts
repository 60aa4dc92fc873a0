import { Injectable } from '@nestjs/common';
import type { MessageListenedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';

/** Records that the assigned agent has listened to the customer's recording. */
@Injectable()
export class RecordListening {
  constructor(private readonly deliveries: DeliveryRepository) {}

  async execute(
    organizationId: OrganizationId,
    { deliveryId, agentId }: MessageListenedPayload,
    tx: Transaction,
  ): Promise<void> {
    const delivery = await this.deliveries.findById(organizationId, deliveryId, tx);
    if (delivery?.agentId !== agentId || delivery.heardBy === agentId) return;
    await this.deliveries.save(tx, organizationId, { ...delivery, heardBy: agentId });
  }
}
