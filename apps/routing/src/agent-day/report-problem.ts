import { Injectable } from '@nestjs/common';
import {
  DeliveryProblemReported,
  notFound,
  type ReportedProblem,
  type ReportProblemRequest,
} from '#libs/contracts/index.js';
import { aggregateEvent, newId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { DeliveryRepository, factOf } from '../deliveries/deliveries.module.js';

/** The agent who has it, or had it last, met a problem: dispatchers see it at once, and it stays in the delivery's story. */
@Injectable()
export class ReportProblem {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found` also for what another agent has */
  async execute(
    organizationId: OrganizationId,
    { agentId, deliveryId, problem }: ReportProblemRequest,
    tx: Transaction,
  ): Promise<ReportedProblem> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId) throw notFound('delivery of yours', deliveryId);
    const now = this.clock.now();
    const problemId = newId('prb');
    const { kind, ...said } = problem;
    const payload = { ...factOf(delivery), agentId, problemId, problemKind: kind, ...said };
    await this.deliveries.save(tx, organizationId, { ...delivery, updatedAt: now }, [
      aggregateEvent(DeliveryProblemReported, payload, now),
    ]);
    return { ...problem, problemId, deliveryId, reportedAt: now.toISOString() };
  }
}
