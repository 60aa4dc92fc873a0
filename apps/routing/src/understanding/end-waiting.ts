import { Inject, Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { AwaitUnderstanding } from './await-understanding.js';

/** No (timely) understanding will come: the delivery goes on, with the recording for the agent to listen to if there is one. */
@Injectable()
export class EndWaiting {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(AwaitUnderstanding) private readonly awaitUnderstanding: AwaitUnderstanding,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, deliveryId: string, tx: Transaction): Promise<void> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.state !== 'awaiting_understanding') return;
    await this.awaitUnderstanding.stopWaiting(organizationId, delivery, this.clock.now(), tx);
  }

  async keepRecording(
    organizationId: OrganizationId,
    deliveryId: string,
    recordingId: string,
    tx: Transaction,
  ): Promise<void> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.recordingId === recordingId) return;
    await this.deliveries.save(tx, organizationId, { ...delivery, recordingId, updatedAt: this.clock.now() });
  }
}
