import type { ArcsProblem } from './problem-file.js';

/**
 * The cost of the greedy plan: each delivery in turn goes to its cheapest agent with room. It is the baseline for
 * manual planning.
 */
export function greedyCost({ arcs, capacities, unassignedCosts, loads }: ArcsProblem): number {
  const remaining = [...capacities];
  const rows = unassignedCosts.map((): { agent: number; cost: number }[] => []);
  for (const [delivery, agent, cost] of arcs) rows[delivery]?.push({ agent, cost });
  return rows.reduce((sum, row, delivery) => {
    const load = loads?.[delivery] ?? 1;
    const possible = row.filter(({ agent }) => (remaining[agent] ?? 0) >= load).sort((a, b) => a.cost - b.cost);
    const [best] = possible;
    const unassignedCost = unassignedCosts[delivery] ?? 0;
    if (!best || best.cost >= unassignedCost) return sum + unassignedCost;
    remaining[best.agent] = (remaining[best.agent] ?? 0) - load;
    return sum + best.cost;
  }, 0);
}
