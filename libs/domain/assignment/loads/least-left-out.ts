import type { LoadProblem } from './load-problem.js';
import type { OpenPart } from './master-problem.js';

/**
 * How many deliveries every plan leaves out: those nobody can take, and of the others as many as it takes, the largest first,
 * until the rest is no more than all vehicles hold together.
 */
export function leastLeftOut({ deliveries, agents }: OpenPart, { arcs, capacities }: LoadProblem): number {
  const isOpen = new Set(agents);
  const possible = deliveries.flatMap((delivery) => {
    const row = (arcs[delivery] ?? []).filter(({ agent }) => isOpen.has(agent));
    return row.length === 0 ? [] : [row];
  });
  const measures = capacities[0]?.length ?? 0;
  let most = 0;
  for (let measure = 0; measure < measures; measure += 1) {
    const room = agents.reduce((sum, agent) => sum + (capacities[agent]?.[measure] ?? 0), 0);
    if (room === Infinity) continue;
    const uses = possible.map((row) => Math.min(...row.map((arc) => arc.uses[measure] ?? 0))).sort((a, b) => b - a);
    let over = uses.reduce((sum, use) => sum + use, 0) - room;
    let count = 0;
    for (; over > 0 && count < uses.length; count += 1) over -= uses[count] ?? 0;
    most = Math.max(most, count);
  }
  return deliveries.length - possible.length + most;
}
