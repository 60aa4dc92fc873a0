import { Injectable } from '@nestjs/common';
import {
  DeliveryProblemReported,
  createNotFoundError,
  type ReportedProblem,
  type ReportProblemRequest,
} from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { DeliveryRepository, toDeliveryEventFields } from '../deliveries/deliveries.module.js';

/** Records a problem that a delivery's current or last agent reports, for dispatchers and the delivery's timeline. */
@Injectable()
export class ReportProblem {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found`, also if the delivery belongs to another agent */
  async execute(
    organizationId: OrganizationId,
    { agentId, deliveryId, problem }: ReportProblemRequest,
    tx: Transaction,
  ): Promise<ReportedProblem> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId) throw createNotFoundError('delivery assigned to you', deliveryId);
    const now = this.clock.now();
    const problemId = createId('prb');
    const { kind, ...details } = problem;
    const payload = { ...toDeliveryEventFields(delivery), agentId, problemId, problemKind: kind, ...details };
    await this.deliveries.save(tx, organizationId, { ...delivery, updatedAt: now }, [
      createAggregateEvent(DeliveryProblemReported, payload, now),
    ]);
    return { ...problem, problemId, deliveryId, reportedAt: now.toISOString() };
  }
}
