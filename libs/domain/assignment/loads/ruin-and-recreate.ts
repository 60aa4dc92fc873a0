import { insertByRegret } from './improve-loads.js';
import type { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem } from './load-problem.js';

/** The minimum number of agents whose deliveries are removed at a time. */
const MIN_AGENTS = 2;
/** The maximum number of agents whose deliveries are removed at a time. */
const MAX_AGENTS = 6;
/** No further agent is picked once this many deliveries are selected for removal. */
const MAX_REMOVED = 30;
/** The share by which an accepted plan may initially cost more than the best one; it falls to 0 quadratically. */
const TOLERANCE = 0.005;

/**
 * Improves a plan by ruin and recreate (Schrimpf et al. 2000): it repeatedly removes the deliveries of a few agents who
 * could take the same deliveries, and inserts them again. It also accepts plans that cost slightly more, within a
 * tolerance that falls to 0. Noise in the order of insertion varies the result for the same agents.
 * @param iterationLimit in arcs evaluated
 * @param random uniform in [0, 1)
 * @returns by delivery its arc in the cheapest plan found; `undefined` where it is unassigned
 */
export function ruinAndRecreate(
  plan: LoadPlan,
  problem: LoadProblem,
  iterationLimit: number,
  random: () => number,
): readonly (LoadArc | undefined)[] {
  const allDeliveries = problem.arcs.map((_, delivery) => delivery);
  let cost = plan.cost;
  let best = { arcs: plan.getArcs(allDeliveries), cost };
  for (let iterations = 0; allDeliveries.length > 0 && iterations < iterationLimit;) {
    const removed = selectRemoved(Math.floor(random() * allDeliveries.length), plan, problem, random);
    const arcsBefore = plan.getArcs(removed);
    for (const delivery of removed) plan.move(delivery, undefined);
    iterations += 1 + insertByRegret(plan, problem, removed, random);
    const maxAcceptedCost = best.cost * (1 + TOLERANCE * Math.max(0, 1 - iterations / iterationLimit) ** 2);
    if (plan.cost > cost && plan.cost >= maxAcceptedCost) plan.reassignAll(removed, arcsBefore);
    cost = plan.cost;
    if (cost < best.cost) best = { arcs: plan.getArcs(allDeliveries), cost };
  }
  return best.arcs;
}

/** Selects a delivery, its agent's deliveries, those of some agents who could take it, and some unassigned ones. */
function selectRemoved(delivery: number, plan: LoadPlan, { arcs }: LoadProblem, random: () => number): number[] {
  const removed = new Set([delivery]);
  const row = arcs[delivery] ?? [];
  const agentCount = MIN_AGENTS + Math.floor(random() * (MAX_AGENTS - MIN_AGENTS + 1));
  const ownArc = plan.getArc(delivery);
  if (ownArc) for (const other of plan.getDeliveries(ownArc.agent)) removed.add(other);
  for (let picked = 1; picked < agentCount && row.length > 0 && removed.size < MAX_REMOVED; picked += 1) {
    // Squaring prefers the cheaper arcs, which come first.
    const arc = row[Math.floor(random() ** 2 * row.length)];
    if (arc) for (const other of plan.getDeliveries(arc.agent)) removed.add(other);
  }
  const { unassigned } = plan;
  for (let picked = 0; picked < 5 && unassigned.length > 0; picked += 1)
    removed.add(unassigned[Math.floor(random() * unassigned.length)] ?? delivery);
  return [...removed];
}
