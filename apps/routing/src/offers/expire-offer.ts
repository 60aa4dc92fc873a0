import { Injectable } from '@nestjs/common';
import { DEFAULT_WEIGHTS, evaluatePair } from '#libs/domain/assignment/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentRepository } from '../agents/agents.module.js';
import { DeliveryRepository, toSolverDelivery } from '../deliveries/deliveries.module.js';
import { listDeclined, isPlannable, toSolverAgent } from '../assignment-planning/assignment-planning.module.js';
import { ScheduleOfferExpiry, type ExpireOfferWork } from './schedule-offer-expiry.js';
import { RevokeAssignment } from '../assignment-board/assignment-board.module.js';

/**
 * Revokes an assignment that the agent has not acknowledged in time, as if they had declined it. If no other agent
 * can take the delivery, the assignment stays and its next expiry is scheduled. Assignments by a dispatcher always
 * stay.
 */
@Injectable()
export class ExpireOffer {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly agents: AgentRepository,
    private readonly revokeAssignment: RevokeAssignment,
    private readonly scheduleExpiry: ScheduleOfferExpiry,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, work: ExpireOfferWork, tx: Transaction): Promise<void> {
    const { deliveryId, agentId } = work;
    const delivery = await this.deliveries.findById(organizationId, deliveryId, tx);
    const isOpen =
      delivery?.state === 'assigned' &&
      delivery.agentId === agentId &&
      delivery.assignedAt?.toISOString() === work.assignedAt &&
      delivery.pinned !== true;
    if (!isOpen) return;
    const now = this.clock.now();
    if (delivery.window.end <= now) return;
    if (!(await this.canReassign(organizationId, delivery, now, tx))) return this.scheduleExpiry.execute(delivery, tx);
    await this.revokeAssignment.execute(
      organizationId,
      delivery,
      { agentId, reason: 'not acknowledged in time', now },
      tx,
    );
  }

  private async canReassign(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    now: Date,
    tx: Transaction,
  ): Promise<boolean> {
    const working = await this.agents.findWorkingAfter(organizationId, now, tx);
    const others = working.filter((agent) => agent._id !== delivery.agentId && isPlannable(agent, now));
    const ids = others.map((agent) => agent._id);
    const loads = await this.deliveries.sumLoadsByAgent(organizationId, ids, now, tx);
    return others.some((agent) => {
      const solverAgent = toSolverAgent(agent, loads.get(agent._id), listDeclined(agent, [delivery]));
      return evaluatePair(solverAgent, toSolverDelivery(delivery), now, DEFAULT_WEIGHTS).feasible;
    });
  }
}
