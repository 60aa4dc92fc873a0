import { Inject, Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { awaitedAttemptOf } from '../deliveries/delivery-process.js';
import { AwaitUnderstanding } from './await-understanding.js';

/** Which recording will not be understood (in time); without its id there is none to listen to. */
export interface EndedUnderstanding {
  readonly deliveryId: string;
  readonly attemptId: string;
  readonly recordingId?: string | undefined;
}

/** No (timely) understanding will come: the delivery goes on, with the recording for the agent to listen to if there is one. */
@Injectable()
export class EndWaiting {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(AwaitUnderstanding) private readonly awaitUnderstanding: AwaitUnderstanding,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Kept on the delivery too, because the end of its call may be told later. */
  async execute(organizationId: OrganizationId, ended: EndedUnderstanding, tx: Transaction): Promise<void> {
    const delivery = await this.deliveries.load(organizationId, ended.deliveryId, tx);
    const { attemptId, recordingId } = ended;
    const now = this.clock.now();
    const noted = await this.deliveries.save(tx, organizationId, {
      ...delivery,
      unreadableAttemptId: attemptId,
      ...(recordingId === undefined ? {} : { recordingId }),
      updatedAt: now,
    });
    if (noted.state !== 'awaiting_understanding' || awaitedAttemptOf(noted) !== attemptId) return;
    await this.awaitUnderstanding.stopWaiting(organizationId, noted, now, tx);
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
