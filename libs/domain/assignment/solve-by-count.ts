import { ArcTable, type FlowArc } from './transport/arc-table.js';
import type { FlowSolution } from './transport/min-cost-assignment.js';
import type { PairTable } from './problem/pair-table.js';
import type { LoadCost } from './transport/slots.js';
import { TransportSimplex } from './transport/transport-simplex.js';

/** Agents per delivery in the first solve, before dual values are known. */
const INITIAL_AGENT_COUNT = 16;

/**
 * Computes the cheapest plan over all pairs, where capacities limit only the number of deliveries. Evaluates few pairs.
 *
 * It solves over each delivery's nearest agents, then evaluates and adds every other agent whose travel cost alone
 * could give a negative reduced cost at the current dual values (delayed column generation, Gilmore and Gomory 1961).
 * When no arc is added, the plan is optimal over all pairs.
 * @param capacities by agent: the maximum number of deliveries
 * @param unassignedCosts by delivery: the cost of leaving it unassigned
 * @param loadCost the extra cost of an agent's next delivery
 * @returns a plan of minimum cost over all pairs
 */
export function solveByCount(
  pairs: PairTable,
  capacities: readonly number[],
  unassignedCosts: readonly number[],
  loadCost: LoadCost,
): FlowSolution {
  const rows = new CandidateRows(pairs);
  unassignedCosts.forEach((_, delivery) => rows.evaluateNearest(delivery, INITIAL_AGENT_COUNT));
  const simplex = new TransportSimplex(rows.toArcTable(capacities.length), capacities, unassignedCosts, loadCost);
  for (;;) {
    simplex.solve();
    const improvedCount = unassignedCosts.filter((_, delivery) =>
      rows.addImprovingArcs(delivery, simplex.deliveryDualValue(delivery), (agent) => simplex.agentDualValue(agent)),
    ).length;
    if (improvedCount === 0) return { agentOf: simplex.toPlan(), cost: simplex.getCost() };
    simplex.replaceArcs(rows.toArcTable(capacities.length));
  }
}

/** By delivery: the arcs to the agents evaluated so far. */
class CandidateRows {
  private readonly rows: FlowArc[][];
  private readonly isEvaluated: Uint8Array[];

  constructor(private readonly pairs: PairTable) {
    this.rows = pairs.deliveries.map(() => []);
    this.isEvaluated = pairs.deliveries.map(() => new Uint8Array(pairs.agents.length));
  }

  toArcTable(agentCount: number): ArcTable {
    return ArcTable.of(this.rows, agentCount);
  }

  /** Evaluates the nearest agents until `count` pairs are feasible. */
  evaluateNearest(delivery: number, count: number): void {
    for (const agent of this.pairs.nearestAgents(delivery)) {
      if ((this.rows[delivery]?.length ?? 0) >= count) return;
      this.evaluate(delivery, agent);
    }
  }

  /**
   * Adds the delivery's arcs of negative reduced cost.
   * @returns whether an arc was added
   */
  addImprovingArcs(delivery: number, deliveryDualValue: number, agentDualValue: (agent: number) => number): boolean {
    const evaluated = this.isEvaluated[delivery] as Uint8Array;
    let hasAdded = false;
    for (const agent of this.pairs.nearestAgents(delivery)) {
      const minCost = this.pairs.getMinCost(delivery, agent);
      // Minimum costs ascend, and dual values of agents are not negative: no later agent can improve the plan.
      if (minCost >= deliveryDualValue) break;
      if (evaluated[agent] === 1 || minCost + agentDualValue(agent) >= deliveryDualValue) continue;
      if (this.evaluate(delivery, agent) + agentDualValue(agent) < deliveryDualValue) hasAdded = true;
    }
    return hasAdded;
  }

  /**
   * Evaluates a pair and keeps its arc if it is feasible.
   * @returns the cost of the pair; `Infinity` where it is infeasible
   */
  private evaluate(delivery: number, agent: number): number {
    (this.isEvaluated[delivery] as Uint8Array)[agent] = 1;
    const cost = this.pairs.getCost(delivery, agent);
    if (cost < Infinity) this.rows[delivery]?.push({ agent, cost });
    return cost;
  }
}
