import type { ArcsProblem } from './problem-file.js';

/** Each delivery in turn to its cheapest agent who has room: what is done where nobody plans. @returns its cost */
export function greedyCost({ arcs, capacities, unassignedCosts, loads }: ArcsProblem): number {
  const left = [...capacities];
  const rows = unassignedCosts.map((): { agent: number; cost: number }[] => []);
  for (const [delivery, agent, cost] of arcs) rows[delivery]?.push({ agent, cost });
  return rows.reduce((sum, row, delivery) => {
    const load = loads?.[delivery] ?? 1;
    const possible = row.filter(({ agent }) => (left[agent] ?? 0) >= load).sort((a, b) => a.cost - b.cost);
    const [best] = possible;
    const out = unassignedCosts[delivery] ?? 0;
    if (!best || best.cost >= out) return sum + out;
    left[best.agent] = (left[best.agent] ?? 0) - load;
    return sum + best.cost;
  }, 0);
}
