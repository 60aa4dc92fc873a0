import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError, MOST_PLANNED_AT_ONCE, type AssignmentPreview } from '#libs/contracts/index.js';
import { assign, type AssignmentPlan } from '#libs/domain/assignment/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { AgentRepository } from '../agents/agent.repository.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { declinedBy, takesPart, toSolverAgent, toSolverDelivery } from './assignment-problem.js';

/** A plan with everything it was made of. */
export interface PlannedBoard {
  readonly deliveries: readonly DeliveryDocument[];
  readonly agents: readonly AgentDocument[];
  readonly plan: AssignmentPlan;
  /** More wait than one plan holds. */
  readonly more: boolean;
}

/** Who of those at work is best given what waits. Decides and changes nothing. */
@Injectable()
export class PlanAssignment {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(AgentRepository) private readonly agents: AgentRepository,
    @Inject(AssignmentBoardRepository) private readonly board: AssignmentBoardRepository,
  ) {}

  /**
   * @param only these deliveries; the most urgent that wait unless said
   * @throws CodedError `not_waiting` when one of them does not wait for an agent
   */
  async execute(
    organizationId: OrganizationId,
    now: Date,
    { only, tx }: { readonly only?: readonly string[] | undefined; readonly tx?: Transaction | undefined },
  ): Promise<PlannedBoard> {
    const found = await this.deliveries.findWaiting(organizationId, MOST_PLANNED_AT_ONCE + 1, tx, only);
    if (only) refuseOthers(only, found);
    const deliveries = found.slice(0, MOST_PLANNED_AT_ONCE);
    const more = found.length > deliveries.length;
    if (deliveries.length === 0) return { deliveries, agents: [], plan: NOTHING_TO_PLAN, more };
    const working = await this.agents.findWorkingAfter(organizationId, now, tx);
    const agents = working.filter((agent) => takesPart(agent, now));
    const ids = agents.map((agent) => agent._id);
    const carried = await this.deliveries.carriedLoads(organizationId, ids, now, tx);
    const plan = assign({
      now,
      deliveries: deliveries.map(toSolverDelivery),
      agents: agents.map((agent) => toSolverAgent(agent, carried.get(agent._id), declinedBy(agent, deliveries))),
    });
    return { deliveries, agents, plan, more };
  }

  async preview(organizationId: OrganizationId, now: Date, only?: readonly string[]): Promise<AssignmentPreview> {
    const boardVersion = await this.board.version(organizationId);
    return toPreview(await this.execute(organizationId, now, { only }), boardVersion, now);
  }
}

const NOTHING_TO_PLAN: AssignmentPlan = { assignments: [], unassigned: [], cost: 0, bound: 0 };

function refuseOthers(asked: readonly string[], found: readonly DeliveryDocument[]): void {
  const waiting = new Set(found.map(({ _id }) => _id));
  const others = [...new Set(asked)].filter((id) => !waiting.has(id));
  if (others.length > 0)
    throw new CodedError('not_waiting', `No delivery that waits for an agent: ${others.join(', ')}. Leave them out.`);
}

/**
 * Names what a plan does: two plans that give the same deliveries to the same agents and leave the same ones are one, though
 * a moment later their costs differ by the seconds that passed.
 */
export function planIdOf({ assignments, unassigned }: AssignmentPlan): string {
  const given = assignments.map(({ deliveryId, agentId }) => `${deliveryId}>${agentId}`);
  const left = unassigned.map(({ deliveryId }) => `${deliveryId}>`);
  const digest = createHash('sha256').update([...given, ...left].sort().join('\n'));
  return `plan.${digest.digest('hex').slice(0, 40)}`;
}

export function toPreview({ plan, more }: PlannedBoard, boardVersion: number, now: Date): AssignmentPreview {
  return {
    planId: planIdOf(plan),
    boardVersion,
    plannedAt: now.toISOString(),
    assignments: plan.assignments.map(({ deliveryId, agentId, cost, terms, runnerUp, explanation }) => ({
      deliveryId,
      agentId,
      cost,
      terms: { ...terms },
      ...(runnerUp ? { runnerUpAgentId: runnerUp.agentId, runnerUpCost: runnerUp.cost } : {}),
      explanation,
    })),
    unassigned: plan.unassigned.map(({ deliveryId, bindingConstraint, explanation }) => ({
      deliveryId,
      bindingConstraint,
      explanation,
    })),
    cost: plan.cost,
    bound: plan.bound,
    more,
  };
}
