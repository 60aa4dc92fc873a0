import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { getContactFacts, foldContactFacts, type ContactState } from '../deliveries/deliveries.module.js';
import { DELIVERY_QUEUE, RoutingConfig } from '../config/config.module.js';

/** Payload of the work item `understanding-overdue`, which ends the wait for the analysis of a recording. */
export interface AnalysisTimeoutWork {
  readonly deliveryId: string;
  readonly attemptId: string;
}

/** Limits how long a delivery waits for the analysis of recordings. */
@Injectable()
export class ScheduleAnalysisTimeout {
  constructor(
    private readonly queue: WorkQueue,
    private readonly config: RoutingConfig,
  ) {}

  /** Schedules a timeout for each recording that the delivery started to wait for. */
  async execute(
    organizationId: OrganizationId,
    before: DeliveryDocument,
    { delivery, summary }: ContactState,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const awaitedNow = summary.attemptsInAnalysis;
    if (awaitedNow.length === 0) return;
    const awaitedBefore = foldContactFacts(getContactFacts(before), before._id).attemptsInAnalysis;
    for (const attemptId of awaitedNow.filter((id) => !awaitedBefore.includes(id))) {
      await this.queue.schedule(tx, {
        queue: DELIVERY_QUEUE,
        // A stored name. `understanding` means the analysis of a recording.
        kind: 'understanding-overdue',
        key: `understanding-overdue.${delivery._id}.${attemptId}`,
        dueAt: new Date(now.getTime() + this.config.UNDERSTANDING_TIMEOUT_SECONDS * 1000),
        organizationId,
        payload: { deliveryId: delivery._id, attemptId } satisfies AnalysisTimeoutWork,
      });
    }
  }
}
