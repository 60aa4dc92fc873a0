import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '#libs/contracts/index.js';
import { DEFAULT_WEIGHTS, judgePair, type AssignmentPlan } from '#libs/domain/assignment/index.js';
import { learnedTravel, type TravelModel } from '#libs/domain/geo/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { AssignmentSolver } from '#libs/ports/assignment-solver.js';
import { AgentRepository } from '../agents/agents.module.js';
import { type CarriedLoad, DeliveryRepository, toSolverDelivery } from '../deliveries/deliveries.module.js';
import { ExpectFailures } from '../agent-performance/agent-performance.module.js';
import { FindKnownWays, TravelRecordRepository } from '../travel/travel.module.js';
import { declinedAmong, takesPart, toSolverAgent, withoutLoads } from './assignment-problem.js';
import { changesOf, isMove, type PlannedBoard } from './planned-changes.js';

/** The most urgent of what waits; beyond it a second plan follows. */
const MOST_WAITING = 10_000;
/** Of what agents have and have not acknowledged, what begins first. */
const MOST_HELD = 1_000;
/** Of so many of the most urgent it is looked up who has been to the customer before. */
const MOST_FAMILIAR = 1_000;
const MINUTE_MS = 60_000;
/** What begins sooner stays with whoever has it: they may be on the way. */
const FREEZE_MS = 3_600_000;
/** More is not moved at once: moves make room for each other, so they are carried out together. */
const MOST_MOVED = 50;

export interface PlanScope {
  readonly only?: readonly string[] | undefined;
  readonly unless?: string | undefined;
  readonly tx?: Transaction | undefined;
}

interface PlanInput {
  readonly deliveries: readonly DeliveryDocument[];
  readonly agents: readonly AgentDocument[];
  /** Of everything they have. */
  readonly carried: ReadonlyMap<string, CarriedLoad>;
  /** By customer, who delivered to them before. */
  readonly knownTo: ReadonlyMap<string, readonly string[]>;
  readonly failuresOf: (agentId: string) => number;
  readonly travel: TravelModel;
}

const NOTHING_TO_PLAN: PlannedBoard = {
  changes: [],
  plan: { assignments: [], unassigned: [], cost: 0, bound: 0 },
  more: false,
  question: '',
};

/**
 * Who of those at work is best given what waits, and whether somebody better spares another what they have not acknowledged
 * yet. Decides and changes nothing.
 */
@Injectable()
export class PlanAssignment {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly agents: AgentRepository,
    private readonly travelRecords: TravelRecordRepository,
    private readonly expectFailures: ExpectFailures,
    private readonly findKnownWays: FindKnownWays,
    private readonly solver: AssignmentSolver,
  ) {}

  /**
   * @param only these deliveries, all others stay where they are; everything that waits or may be moved unless said
   * @param unless a question that need not be answered again
   * @throws CodedError `not_waiting` when one of them does not wait for an agent
   */
  async execute(organizationId: OrganizationId, now: Date, { only, unless, tx }: PlanScope): Promise<PlannedBoard> {
    const found = await this.deliveries.findWaiting(organizationId, MOST_WAITING + 1, tx, only);
    if (only) refuseOthers(only, found);
    const waiting = found.slice(0, MOST_WAITING);
    if (waiting.length === 0) return NOTHING_TO_PLAN;
    const working = await this.agents.findWorkingAfter(organizationId, now, tx);
    const agents = working.filter((agent) => takesPart(agent, now));
    const held = only ? [] : await this.findMovable(organizationId, agents, now, tx);
    const more = found.length > waiting.length;

    const ids = agents.map((agent) => agent._id);
    const carried = await this.deliveries.carriedLoads(organizationId, ids, now, tx);
    const failuresOf = await this.expectFailures.execute(organizationId, ids, tx);
    // Only what they differ in tells them apart.
    const least = Math.min(...ids.map(failuresOf));
    const customers = waiting.slice(0, MOST_FAMILIAR).map(({ customerId }) => customerId);
    const knownTo = await this.deliveries.agentsByCustomer(organizationId, customers, tx);
    const travel = learnedTravel(await this.travelRecords.read(organizationId, tx));
    const all = {
      deliveries: [...waiting, ...held],
      agents,
      carried,
      knownTo,
      failuresOf: (id: string) => failuresOf(id) - least,
      travel,
    };
    const question = questionOf(all, now);
    if (question === unless) return { ...NOTHING_TO_PLAN, question };
    const board = await this.solve(all, now);
    if (board.changes.filter(isMove).length <= MOST_MOVED) return { ...board, more, question };
    return { ...(await this.solve({ ...all, deliveries: waiting }, now)), more, question };
  }

  /** Deliveries somebody has who need not keep them, and could still do them: what they cannot do is a dispatcher's matter. */
  private async findMovable(
    organizationId: OrganizationId,
    agents: readonly AgentDocument[],
    now: Date,
    tx: Transaction | undefined,
  ): Promise<DeliveryDocument[]> {
    const from = new Date(now.getTime() + FREEZE_MS);
    const held = await this.deliveries.findUnacknowledged(organizationId, from, MOST_HELD, tx);
    const agentById = new Map(agents.map((agent) => [agent._id, agent]));
    return held.filter((delivery) => {
      const holder = agentById.get(delivery.agentId ?? '');
      return holder && judgePair(toSolverAgent(holder), toSolverDelivery(delivery), now, DEFAULT_WEIGHTS).feasible;
    });
  }

  private async solve(
    { deliveries, agents, carried: all, knownTo, failuresOf, travel }: PlanInput,
    now: Date,
  ): Promise<{ readonly changes: PlannedBoard['changes']; readonly plan: AssignmentPlan }> {
    const carried = withoutLoads(all, deliveries);
    const toPlan = deliveries.map((delivery) => toSolverDelivery(delivery, knownTo.get(delivery.customerId)));
    const plan = await this.solver.solve({
      now,
      weights: travel,
      ways: await this.findKnownWays.execute(
        toPlan,
        agents.map(({ _id, position }) => ({ id: _id, position })),
      ),
      deliveries: toPlan,
      agents: agents.map((agent) =>
        toSolverAgent(agent, carried.get(agent._id), declinedAmong(agent, deliveries), failuresOf(agent._id)),
      ),
    });
    return { changes: changesOf(deliveries, agents, plan), plan };
  }
}

function questionOf({ deliveries, agents, carried }: PlanInput, now: Date): string {
  const asked = createHash('sha256').update(`${Math.floor(now.getTime() / MINUTE_MS)}`);
  for (const { _id, revision } of [...deliveries, ...agents]) asked.update(`${_id}@${revision}\n`);
  return asked.update(JSON.stringify([...carried].sort())).digest('hex');
}

function refuseOthers(asked: readonly string[], found: readonly DeliveryDocument[]): void {
  const waiting = new Set(found.map(({ _id }) => _id));
  const others = [...new Set(asked)].filter((id) => !waiting.has(id));
  if (others.length > 0)
    throw new CodedError('not_waiting', `No delivery that waits for an agent: ${others.join(', ')}. Leave them out.`);
}
