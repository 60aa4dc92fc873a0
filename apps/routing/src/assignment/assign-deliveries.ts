import { Inject, Injectable } from '@nestjs/common';
import { DeliveryUnassignable } from '#libs/contracts/index.js';
import { assign, type Assignment, type Unassigned } from '#libs/domain/assignment/index.js';
import { aggregateEvent, type AggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { AgentRepository } from '../agents/agent.repository.js';
import { advance, factOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { declinedBy, takesPart, toSolverAgent, toSolverDelivery } from './assignment-problem.js';
import { giveTo } from './give-to.js';
import { ScheduleAssignment } from './schedule-assignment.js';

/** More are planned in the next run, so that one transaction stays well within the few seconds it may live. */
const MOST_PLANNED_AT_ONCE = 50;

/**
 * Gives an organisation's waiting deliveries to the agents best able to do them. Plan and commit are one transaction
 * that claims the organisation's board: of two planners one wins, and no capacity is given twice.
 */
@Injectable()
export class AssignDeliveries {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(AgentRepository) private readonly agents: AgentRepository,
    @Inject(AssignmentBoardRepository) private readonly board: AssignmentBoardRepository,
    @Inject(ScheduleAssignment) private readonly scheduleAssignment: ScheduleAssignment,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, tx: Transaction): Promise<void> {
    const now = this.clock.now();
    await this.board.claim(organizationId, tx);
    const waiting = await this.deliveries.findWaiting(organizationId, MOST_PLANNED_AT_ONCE, tx);
    if (waiting.length === 0) return;
    const working = await this.agents.findWorkingAfter(organizationId, now, tx);
    const agents = working.filter((agent) => takesPart(agent, now));
    const ids = agents.map((agent) => agent._id);
    const carried = await this.deliveries.carriedLoads(organizationId, ids, now, tx);
    const plan = assign({
      now,
      deliveries: waiting.map(toSolverDelivery),
      agents: agents.map((agent) => toSolverAgent(agent, carried.get(agent._id), declinedBy(agent, waiting))),
    });

    const deliveryById = new Map(waiting.map((delivery) => [delivery._id, delivery]));
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
    if (waiting.length === MOST_PLANNED_AT_ONCE && plan.assignments.length > 0)
      await this.scheduleAssignment.execute(organizationId, tx);
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
