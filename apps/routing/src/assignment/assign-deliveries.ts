import { Inject, Injectable } from '@nestjs/common';
import { DeliveryUnassignable } from '#libs/contracts/index.js';
import type { Assignment, Unassigned } from '#libs/domain/assignment/index.js';
import { aggregateEvent, type AggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { advance, factOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { giveTo } from './give-to.js';
import { PlanAssignment, type PlannedBoard } from './plan-assignment.js';
import { ScheduleAssignment } from './schedule-assignment.js';

/**
 * Gives an organisation's waiting deliveries to the agents best able to do them. Plan and commit are one transaction
 * that claims the organisation's board: of two planners one wins, and no capacity is given twice.
 */
@Injectable()
export class AssignDeliveries {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(PlanAssignment) private readonly planAssignment: PlanAssignment,
    @Inject(AssignmentBoardRepository) private readonly board: AssignmentBoardRepository,
    @Inject(ScheduleAssignment) private readonly scheduleAssignment: ScheduleAssignment,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    await this.board.claim(organizationId, tx);
    const planned = await this.planAssignment.execute(organizationId, now, { tx });
    await this.carryOut(organizationId, planned, now, tx);
    if (planned.more && planned.plan.assignments.length > 0) await this.scheduleAssignment.execute(organizationId, tx);
  }

  /** Puts a plan into effect in the transaction that has claimed the board. */
  async carryOut(
    organizationId: OrganizationId,
    { deliveries, agents, plan }: PlannedBoard,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const deliveryById = new Map(deliveries.map((delivery) => [delivery._id, delivery]));
    const agentById = new Map(agents.map((agent) => [agent._id, agent]));
    for (const assignment of plan.assignments) {
      const delivery = deliveryById.get(assignment.deliveryId);
      const agent = agentById.get(assignment.agentId);
      if (delivery && agent) await this.give(organizationId, delivery, agent, assignment, now, tx);
    }
    for (const unassigned of plan.unassigned) {
      const delivery = deliveryById.get(unassigned.deliveryId);
      if (delivery) await this.leave(organizationId, delivery, unassigned, now, tx);
    }
  }

  private async give(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    agent: AgentDocument,
    { cost, explanation, runnerUp }: Assignment,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const moved = advance(delivery, { kind: 'assigned' }, now);
    if (!moved) return;
    const assignment = {
      explanation,
      cost,
      ...(runnerUp ? { runnerUpAgentId: runnerUp.agentId, runnerUpCost: runnerUp.cost } : {}),
    };
    const { delivery: given, event } = giveTo(agent, moved, assignment, now);
    await this.deliveries.save(tx, organizationId, given, [event]);
  }

  /** Tells once, and again only when the reason changes; it stays waiting for the next planning. */
  private async leave(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    { explanation }: Unassigned,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const moved = advance(delivery, { kind: 'no_agent' }, now);
    if (!moved || moved.unassignableReason === explanation) return;
    const events: AggregateEvent[] = [
      aggregateEvent(DeliveryUnassignable, { ...factOf(delivery), reason: explanation }, now),
    ];
    await this.deliveries.save(tx, organizationId, { ...moved, unassignableReason: explanation }, events);
  }
}
