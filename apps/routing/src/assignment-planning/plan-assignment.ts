import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '#libs/contracts/index.js';
import { DEFAULT_WEIGHTS, evaluatePair, type AssignmentPlan } from '#libs/domain/assignment/index.js';
import { toTravelModel, type TravelModel } from '#libs/domain/geo/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { AssignmentSolver } from '#libs/ports/assignment-solver.js';
import { AgentRepository } from '../agents/agents.module.js';
import { type AgentLoad, DeliveryRepository, toSolverDelivery } from '../deliveries/deliveries.module.js';
import { EstimateFailureRates } from '../agent-performance/agent-performance.module.js';
import { FindTravelTimes, TravelRecordRepository } from '../travel/travel.module.js';
import { listDeclined, isPlannable, toSolverAgent, subtractLoads } from './assignment-problem.js';
import { toPlannedChanges, isMove, type PlannedBoard } from './planned-changes.js';

/** Maximum waiting deliveries in one plan, the most urgent first. Another plan follows for the rest. */
const MAX_WAITING = 10_000;
/** Maximum unacknowledged deliveries that one plan may move, the earliest windows first. */
const MAX_MOVABLE = 1_000;
/** Maximum deliveries, the most urgent first, for which the customer's earlier agents are looked up. */
const MAX_FAMILIAR_DELIVERIES = 1_000;
const MINUTE_MS = 60_000;
/** Deliveries whose window starts within this time stay with their agent, who may be on the way. */
const FREEZE_MS = 3_600_000;
/**
 * Maximum deliveries that one plan moves between agents. A move may need the capacity that another move frees, so one
 * transaction applies all moves. This limit bounds its size.
 */
const MAX_MOVED = 50;

export interface PlanScope {
  /** The deliveries to plan. If absent, all that wait or may be moved. */
  readonly deliveryIds?: readonly string[] | undefined;
  /** Fingerprint of an input that needs no plan, as its last plan had no effect. */
  readonly skipFingerprint?: string | undefined;
  readonly tx?: Transaction | undefined;
}

interface PlanInput {
  readonly deliveries: readonly DeliveryDocument[];
  readonly agents: readonly AgentDocument[];
  /** Current load by agent id. */
  readonly loads: ReadonlyMap<string, AgentLoad>;
  /** Ids of agents who delivered to the customer before, by customer id. */
  readonly familiarAgentIds: ReadonlyMap<string, readonly string[]>;
  readonly getFailureRate: (agentId: string) => number;
  readonly travel: TravelModel;
}

const NOTHING_TO_PLAN: PlannedBoard = {
  changes: [],
  plan: { assignments: [], unassigned: [], cost: 0, bound: 0 },
  hasMore: false,
  inputFingerprint: '',
};

/**
 * Plans which of the working agents should make the waiting deliveries, and whether unacknowledged deliveries should
 * move to a better agent. Stores nothing.
 */
@Injectable()
export class PlanAssignment {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly agents: AgentRepository,
    private readonly travelRecords: TravelRecordRepository,
    private readonly estimateFailureRates: EstimateFailureRates,
    private readonly findTravelTimes: FindTravelTimes,
    private readonly solver: AssignmentSolver,
  ) {}

  /** @throws CodedError `not_waiting` if one of `deliveryIds` does not wait for an agent */
  async execute(
    organizationId: OrganizationId,
    now: Date,
    { deliveryIds, skipFingerprint, tx }: PlanScope,
  ): Promise<PlannedBoard> {
    const found = await this.deliveries.findWaiting(organizationId, MAX_WAITING + 1, now, tx, deliveryIds);
    if (deliveryIds) assertWaiting(deliveryIds, found);
    const waiting = found.slice(0, MAX_WAITING);
    if (waiting.length === 0) return NOTHING_TO_PLAN;
    const workingAgents = await this.agents.findWorkingAfter(organizationId, now, tx);
    const agents = workingAgents.filter((agent) => isPlannable(agent, now));
    const movable = deliveryIds ? [] : await this.findMovable(organizationId, agents, now, tx);
    const hasMore = found.length > waiting.length;

    const agentIds = agents.map((agent) => agent._id);
    const loads = await this.deliveries.sumLoadsByAgent(organizationId, agentIds, now, tx);
    const getFailureRate = await this.estimateFailureRates.execute(organizationId, agentIds, tx);
    // Subtracts the lowest rate, because only differences between agents matter.
    const lowestRate = Math.min(...agentIds.map(getFailureRate));
    const customerIds = waiting.slice(0, MAX_FAMILIAR_DELIVERIES).map(({ customerId }) => customerId);
    const familiarAgentIds = await this.deliveries.findAgentIdsByCustomer(organizationId, customerIds, tx);
    const travel = toTravelModel(await this.travelRecords.read(organizationId, tx));
    const input = {
      deliveries: [...waiting, ...movable],
      agents,
      loads,
      familiarAgentIds,
      getFailureRate: (id: string) => getFailureRate(id) - lowestRate,
      travel,
    };
    const inputFingerprint = computeFingerprint(input, now);
    if (inputFingerprint === skipFingerprint) return { ...NOTHING_TO_PLAN, inputFingerprint };
    const board = await this.solve(input, now);
    if (board.changes.filter(isMove).length <= MAX_MOVED) return { ...board, hasMore, inputFingerprint };
    // Too many moves for one transaction: plans again without moves.
    return { ...(await this.solve({ ...input, deliveries: waiting }, now)), hasMore, inputFingerprint };
  }

  /**
   * Finds unacknowledged deliveries that a plan may move. Excludes those that their agent can no longer make:
   * dispatchers decide about them.
   */
  private async findMovable(
    organizationId: OrganizationId,
    agents: readonly AgentDocument[],
    now: Date,
    tx: Transaction | undefined,
  ): Promise<DeliveryDocument[]> {
    const from = new Date(now.getTime() + FREEZE_MS);
    const unacknowledged = await this.deliveries.findUnacknowledged(organizationId, from, MAX_MOVABLE, tx);
    const agentById = new Map(agents.map((agent) => [agent._id, agent]));
    return unacknowledged.filter((delivery) => {
      const agent = agentById.get(delivery.agentId ?? '');
      return agent && evaluatePair(toSolverAgent(agent), toSolverDelivery(delivery), now, DEFAULT_WEIGHTS).feasible;
    });
  }

  private async solve(
    { deliveries, agents, loads: allLoads, familiarAgentIds, getFailureRate, travel }: PlanInput,
    now: Date,
  ): Promise<{ readonly changes: PlannedBoard['changes']; readonly plan: AssignmentPlan }> {
    const loads = subtractLoads(allLoads, deliveries);
    const solverDeliveries = deliveries.map((delivery) =>
      toSolverDelivery(delivery, familiarAgentIds.get(delivery.customerId)),
    );
    const plan = await this.solver.solve({
      now,
      // The travel model is part of the weights. The other weights keep their defaults.
      weights: travel,
      travelTimes: await this.findTravelTimes.execute(
        solverDeliveries,
        agents.map(({ _id, position }) => ({ id: _id, position })),
      ),
      deliveries: solverDeliveries,
      agents: agents.map((agent) =>
        toSolverAgent(agent, loads.get(agent._id), listDeclined(agent, deliveries), getFailureRate(agent._id)),
      ),
    });
    return { changes: toPlannedChanges(deliveries, agents, plan), plan };
  }
}

function computeFingerprint({ deliveries, agents, loads }: PlanInput, now: Date): string {
  const hash = createHash('sha256').update(`${Math.floor(now.getTime() / MINUTE_MS)}`);
  for (const { _id, revision } of [...deliveries, ...agents]) hash.update(`${_id}@${revision}\n`);
  return hash.update(JSON.stringify([...loads].sort())).digest('hex');
}

function assertWaiting(requested: readonly string[], found: readonly DeliveryDocument[]): void {
  const waiting = new Set(found.map(({ _id }) => _id));
  const notWaiting = [...new Set(requested)].filter((id) => !waiting.has(id));
  if (notWaiting.length > 0)
    throw new CodedError('not_waiting', `Not waiting for an agent: ${notWaiting.join(', ')}. Leave them out.`);
}
