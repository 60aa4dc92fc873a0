import { Inject, Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { ScheduleAssignment } from '../assignment/schedule-assignment.js';
import { DELIVERY_QUEUE } from '../delivery-queue.js';
import { advance, awaitedAttemptOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { RoutingConfig } from '../routing.config.js';

export interface UnderstandingOverdueWork {
  readonly deliveryId: string;
  readonly attemptId: string;
}

/** After a call: waits for its recording to be understood, bounded, or goes on at once where there is nothing to wait for. */
@Injectable()
export class AwaitUnderstanding {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(ScheduleAssignment) private readonly scheduleAssignment: ScheduleAssignment,
    @Inject(WorkQueue) private readonly queue: WorkQueue,
    @Inject(RoutingConfig) private readonly config: RoutingConfig,
  ) {}

  async execute(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    recordingExpected: boolean,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const attemptId = awaitedAttemptOf(delivery);
    const willBeRead = recordingExpected && delivery.unreadableAttemptId !== attemptId;
    if (delivery.state === 'awaiting_understanding' && willBeRead) {
      await this.queue.schedule(tx, {
        queue: DELIVERY_QUEUE,
        kind: 'understanding-overdue',
        key: `understanding-overdue.${delivery._id}.${attemptId}`,
        dueAt: new Date(now.getTime() + this.config.UNDERSTANDING_TIMEOUT_SECONDS * 1000),
        organizationId,
        payload: { deliveryId: delivery._id, attemptId } satisfies UnderstandingOverdueWork,
      });
      return;
    }
    await this.stopWaiting(organizationId, delivery, now, tx);
  }

  /** The recording says nothing, cannot be read, or takes too long: the agent gets what is known. */
  async stopWaiting(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    let current = delivery;
    if (delivery.state === 'awaiting_understanding') {
      const moved = advance(delivery, { kind: 'understanding_timed_out' }, now);
      if (moved) current = await this.deliveries.save(tx, organizationId, moved);
    }
    if (current.state === 'ready_to_assign') await this.scheduleAssignment.execute(organizationId, tx);
  }
}
