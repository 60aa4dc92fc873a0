import { ArcTable, type FlowArc } from './transport/arc-table.js';
import type { FlowSolution } from './transport/min-cost-assignment.js';
import type { PairBook } from './problem/pair-book.js';
import type { LoadCost } from './transport/places.js';
import { TransportSimplex } from './transport/transport-simplex.js';

/** So many agents of each delivery are looked at before anything is known of prices. */
const NEAREST_FIRST = 16;

/**
 * The cheapest plan over all pairs, of which few are ever judged: it is solved over each delivery's nearest agents, and
 * every other agent who could be cheaper at the prices found, by the way there alone, is then judged and added where they
 * are (delayed column generation, Gilmore and Gomory 1961). When nobody is added, nobody left out could improve the plan.
 */
export function solveSparsely(
  pairs: PairBook,
  capacities: readonly number[],
  unassignedCosts: readonly number[],
  loadCost: LoadCost,
): FlowSolution {
  const rows = new CandidateRows(pairs);
  unassignedCosts.forEach((_, delivery) => rows.lookAtNearest(delivery, NEAREST_FIRST));
  const simplex = new TransportSimplex(rows.table(capacities.length), capacities, unassignedCosts, loadCost);
  for (;;) {
    simplex.solve();
    const added = unassignedCosts.filter((_, delivery) =>
      rows.addCheaperThan(delivery, simplex.worthOf(delivery), (agent) => simplex.priceOf(agent)),
    ).length;
    if (added === 0) return { agentOf: simplex.plan(), cost: simplex.cost() };
    simplex.useArcs(rows.table(capacities.length));
  }
}

/** Of each delivery the agents it may go to, as far as they were looked at. */
class CandidateRows {
  private readonly rows: FlowArc[][];
  private readonly isLookedAt: Uint8Array[];

  constructor(private readonly pairs: PairBook) {
    this.rows = pairs.deliveries.map(() => []);
    this.isLookedAt = pairs.deliveries.map(() => new Uint8Array(pairs.agents.length));
  }

  table(agentCount: number): ArcTable {
    return ArcTable.of(this.rows, agentCount);
  }

  /** Looks at the nearest until so many of them may take it. */
  lookAtNearest(delivery: number, count: number): void {
    for (const agent of this.pairs.nearestTo(delivery)) {
      if ((this.rows[delivery]?.length ?? 0) >= count) return;
      this.lookAt(delivery, agent);
    }
  }

  /** Adds agents with whom the delivery would cost less than this. @returns whether there were any */
  addCheaperThan(delivery: number, worth: number, priceOf: (agent: number) => number): boolean {
    const seen = this.isLookedAt[delivery] as Uint8Array;
    let added = false;
    for (const agent of this.pairs.nearestTo(delivery)) {
      const least = this.pairs.leastCost(delivery, agent);
      if (least >= worth) break;
      if (seen[agent] === 1 || least + priceOf(agent) >= worth) continue;
      if (this.lookAt(delivery, agent) + priceOf(agent) < worth) added = true;
    }
    return added;
  }

  /** @returns what the pair costs */
  private lookAt(delivery: number, agent: number): number {
    (this.isLookedAt[delivery] as Uint8Array)[agent] = 1;
    const cost = this.pairs.cost(delivery, agent);
    if (cost < Infinity) this.rows[delivery]?.push({ agent, cost });
    return cost;
  }
}
