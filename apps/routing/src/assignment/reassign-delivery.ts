import { Injectable } from '@nestjs/common';
import { CodedError, type AssignmentReason, type ReassignDeliveryRequest } from '#libs/contracts/index.js';
import { DEFAULT_WEIGHTS, judgePair, pairCost } from '#libs/domain/assignment/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentRepository } from '../agents/agents.module.js';
import {
  advance,
  checkNotInCall,
  checkNotOver,
  declinedBy,
  DeliveryRepository,
  holderOf,
  toSolverDelivery,
  withdrawal,
  withoutAgent,
} from '../deliveries/deliveries.module.js';
import { AssignmentBoardRepository, ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { toSolverAgent } from '../assignment-planning/assignment-planning.module.js';
import { assignToAgent } from './assign-to-agent.js';

/**
 * A dispatcher gives a delivery to an agent of their choice, or only takes it from the one who has it. It claims the
 * organization's board as every planning does, so that no capacity is given twice. Both agents are told.
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
      ? this.take(organizationId, delivery, now, tx)
      : this.give(organizationId, delivery, await this.agents.load(organizationId, agentId, tx), force, now, tx);
  }

  /** To anybody but the one who has it: the next planning decides. */
  private async take(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    now: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const former = holderOf(delivery);
    const moved = former === undefined ? null : advance(delivery, { kind: 'unassigned' }, now);
    if (former === undefined || !moved)
      throw new CodedError('not_assigned', `Nobody has delivery ${delivery._id}: name the agent who shall.`);
    const stored = await this.deliveries.save(
      tx,
      organizationId,
      declinedBy(former, moved),
      withdrawal(delivery, 'reassigned', now),
    );
    await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }

  private async give(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    agent: AgentDocument,
    force: boolean,
    now: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    if (holderOf(delivery) === agent._id)
      throw new CodedError('agent_has_it', `Agent ${agent._id} has delivery ${delivery._id} already.`);
    const reason = await this.reasonFor(organizationId, delivery, agent, force, now, tx);
    const open = holderOf(delivery) === undefined ? delivery : advance(delivery, { kind: 'unassigned' }, now);
    const moved = open && advance(open, { kind: 'assigned' }, now);
    if (!moved)
      throw new CodedError(
        'not_ready_to_assign',
        `Delivery ${delivery._id} is ${delivery.state}: it is given out when its call is over, or none is left to make.`,
      );
    // The dispatcher's choice outweighs that it was taken from this agent before.
    const declinedAgentIds = (delivery.declinedAgentIds ?? []).filter((id) => id !== agent._id);
    const given = assignToAgent(agent, { ...withoutAgent(moved), declinedAgentIds, pinned: true }, reason, now);
    const events = [...withdrawal(delivery, 'reassigned', now), given.event];
    const stored = await this.deliveries.save(tx, organizationId, given.delivery, events);
    // Whoever had it has room again.
    if (holderOf(delivery) !== undefined) await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }

  /** @throws CodedError `agent_unfit` when a hard constraint speaks against it and it is not forced */
  private async reasonFor(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    agent: AgentDocument,
    force: boolean,
    now: Date,
    tx: Transaction,
  ): Promise<AssignmentReason> {
    const carried = await this.deliveries.carriedLoads(organizationId, [agent._id], now, tx);
    const able = toSolverAgent(agent, carried.get(agent._id));
    const judged = judgePair(able, toSolverDelivery(delivery), now, DEFAULT_WEIGHTS);
    if (judged.feasible) {
      const minutes = Math.ceil(judged.workSeconds / 60);
      return { explanation: `${agent._id}: chosen by a dispatcher`, cost: pairCost(judged), minutes };
    }
    const against = judged.violated.join(', ');
    if (!force)
      throw new CodedError(
        'agent_unfit',
        `Agent ${agent._id} cannot take it (${against}): choose another, or force it.`,
      );
    return { explanation: `${agent._id}: chosen by a dispatcher in spite of ${against}`, cost: 0 };
  }
}
