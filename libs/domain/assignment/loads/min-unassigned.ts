import type { LoadProblem } from './load-problem.js';
import type { OpenPart } from './master-problem.js';

/**
 * A lower bound on the number of deliveries that every plan leaves unassigned: those without an arc to an open agent,
 * and the minimum number of others, largest first, without which the remaining ones fit the total capacity of all open
 * agents in every measure.
 */
export function countMinUnassigned({ deliveries, agents }: OpenPart, { arcs, capacities }: LoadProblem): number {
  const openAgents = new Set(agents);
  const assignable = deliveries.flatMap((delivery) => {
    const row = (arcs[delivery] ?? []).filter(({ agent }) => openAgents.has(agent));
    return row.length === 0 ? [] : [row];
  });
  const measures = capacities[0]?.length ?? 0;
  let maxExcessCount = 0;
  for (let measure = 0; measure < measures; measure += 1) {
    const capacity = agents.reduce((sum, agent) => sum + (capacities[agent]?.[measure] ?? 0), 0);
    if (capacity === Infinity) continue;
    const uses = assignable.map((row) => Math.min(...row.map((arc) => arc.uses[measure] ?? 0))).sort((a, b) => b - a);
    let excess = uses.reduce((sum, use) => sum + use, 0) - capacity;
    let count = 0;
    for (; excess > 0 && count < uses.length; count += 1) excess -= uses[count] ?? 0;
    maxExcessCount = Math.max(maxExcessCount, count);
  }
  return deliveries.length - assignable.length + maxExcessCount;
}
