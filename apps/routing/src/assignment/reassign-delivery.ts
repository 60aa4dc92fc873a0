import { Injectable } from '@nestjs/common';
import { CodedError, type AssignmentReason, type ReassignDeliveryRequest } from '#libs/contracts/index.js';
import { DEFAULT_WEIGHTS, evaluatePair, getPairCost } from '#libs/domain/assignment/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentRepository } from '../agents/agents.module.js';
import {
  advance,
  checkNotInCall,
  checkNotOver,
  withDeclinedAgent,
  DeliveryRepository,
  getCurrentAgentId,
  toSolverDelivery,
  toWithdrawalEvents,
  withoutAgent,
} from '../deliveries/deliveries.module.js';
import { AssignmentBoardRepository, ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { toSolverAgent } from '../assignment-planning/assignment-planning.module.js';
import { assignToAgent } from './assign-to-agent.js';

/**
 * Assigns a delivery to the agent that a dispatcher chose, or only unassigns it from its agent. Claims the board as
 * every plan does, so that no capacity is assigned twice. Publishes events for both agents.
 */
@Injectable()
export class ReassignDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly agents: AgentRepository,
    private readonly board: AssignmentBoardRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { deliveryId, expectedRevision, reassignment: { agentId, force = false } }: ReassignDeliveryRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const now = this.clock.now();
    await this.board.claim(organizationId, tx);
    const delivery = await this.deliveries.loadAt(organizationId, deliveryId, expectedRevision, tx);
    checkNotOver(delivery);
    checkNotInCall(delivery);
    return agentId === undefined
      ? this.unassign(organizationId, delivery, now, tx)
      : this.assign(organizationId, delivery, await this.agents.load(organizationId, agentId, tx), force, now, tx);
  }

  /** Unassigns the delivery from its agent. The next plan assigns it to another one. */
  private async unassign(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    now: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const formerAgentId = getCurrentAgentId(delivery);
    const advanced = formerAgentId === undefined ? null : advance(delivery, { kind: 'unassigned' }, now);
    if (formerAgentId === undefined || !advanced)
      throw new CodedError('not_assigned', `Delivery ${delivery._id} has no agent: name the agent to assign.`);
    const stored = await this.deliveries.save(
      tx,
      organizationId,
      withDeclinedAgent(formerAgentId, advanced),
      toWithdrawalEvents(delivery, 'reassigned', now),
    );
    await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }

  private async assign(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    agent: AgentDocument,
    force: boolean,
    now: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    if (getCurrentAgentId(delivery) === agent._id)
      throw new CodedError('agent_has_it', `Agent ${agent._id} already has delivery ${delivery._id}.`);
    const reason = await this.evaluateAssignment(organizationId, delivery, agent, force, now, tx);
    const released =
      getCurrentAgentId(delivery) === undefined ? delivery : advance(delivery, { kind: 'unassigned' }, now);
    const advanced = released && advance(released, { kind: 'assigned' }, now);
    if (!advanced)
      throw new CodedError(
        'not_ready_to_assign',
        `Delivery ${delivery._id} is ${delivery.state}: it can be assigned once its calls are over.`,
      );
    // The dispatcher's choice overrides an earlier decline or revocation.
    const declinedAgentIds = (delivery.declinedAgentIds ?? []).filter((id) => id !== agent._id);
    const assigned = assignToAgent(agent, { ...withoutAgent(advanced), declinedAgentIds, pinned: true }, reason, now);
    const events = [...toWithdrawalEvents(delivery, 'reassigned', now), assigned.event];
    const stored = await this.deliveries.save(tx, organizationId, assigned.delivery, events);
    // The former agent has free capacity again.
    if (getCurrentAgentId(delivery) !== undefined) await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }

  /** @throws CodedError `agent_unfit` if a hard constraint is violated and `force` is not set */
  private async evaluateAssignment(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    agent: AgentDocument,
    force: boolean,
    now: Date,
    tx: Transaction,
  ): Promise<AssignmentReason> {
    const loads = await this.deliveries.sumLoadsByAgent(organizationId, [agent._id], now, tx);
    const solverAgent = toSolverAgent(agent, loads.get(agent._id));
    const evaluation = evaluatePair(solverAgent, toSolverDelivery(delivery), now, DEFAULT_WEIGHTS);
    if (evaluation.feasible) {
      const minutes = Math.ceil(evaluation.workSeconds / 60);
      return { explanation: `${agent._id}: chosen by a dispatcher`, cost: getPairCost(evaluation), minutes };
    }
    const violations = evaluation.violated.join(', ');
    if (!force)
      throw new CodedError(
        'agent_unfit',
        `Agent ${agent._id} cannot take delivery ${delivery._id} (${violations}): choose another agent, or set force.`,
      );
    return { explanation: `${agent._id}: chosen by a dispatcher despite ${violations}`, cost: 0 };
  }
}
