import type { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem } from './load-problem.js';

const MAX_PASSES = 50;

/** The maximum relative noise on regret. */
const REGRET_NOISE = 0.4;

/**
 * Inserts unassigned deliveries where they cost least, in descending order of regret: the extra cost of the second best
 * choice (Martello and Toth 1981).
 * @param random uniform in [0, 1); adds noise to the regret, so that repeated calls give different plans
 * @returns the number of arcs evaluated
 */
export function insertByRegret(
  plan: LoadPlan,
  { arcs }: LoadProblem,
  deliveries: readonly number[],
  random?: () => number,
): number {
  const weights = new Map(deliveries.map((delivery) => [delivery, random ? 1 + REGRET_NOISE * (2 * random() - 1) : 1]));
  const remaining = new Set(deliveries);
  let iterations = 0;
  while (remaining.size > 0) {
    let next: { delivery: number; arc: LoadArc | undefined; regret: number } | undefined;
    for (const delivery of remaining) {
      let [best, second] = [plan.getUnassignedCost(delivery), Infinity];
      let arc: LoadArc | undefined;
      const row = arcs[delivery] ?? [];
      iterations += row.length;
      for (const candidate of row) {
        const cost = plan.getArcCost(candidate);
        if (cost >= second || !plan.fits(candidate)) continue;
        if (cost < best) [second, best, arc] = [best, cost, candidate];
        else second = cost;
      }
      const extraCost = arc ? Math.min(second, plan.getUnassignedCost(delivery)) - best : 0;
      const regret = extraCost * (weights.get(delivery) ?? 1);
      if (!next || regret > next.regret) next = { delivery, arc, regret };
    }
    if (!next) break;
    if (next.arc) plan.move(next.delivery, next.arc);
    remaining.delete(next.delivery);
  }
  return iterations;
}

/**
 * Relocates single deliveries, and displaces one delivery by another, until neither makes the plan cheaper.
 * @param problem its arcs sorted by ascending cost within each delivery
 */
export function improveLoads(plan: LoadPlan, problem: LoadProblem): void {
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    let hasImproved = false;
    for (let delivery = 0; delivery < problem.arcs.length; delivery += 1) {
      if (relocate(plan, problem, delivery) || displace(plan, problem, delivery)) hasImproved = true;
    }
    if (!hasImproved) return;
  }
}

/** Moves a delivery to the cheapest agent with capacity left. */
function relocate(plan: LoadPlan, { arcs }: LoadProblem, delivery: number): boolean {
  const currentArc = plan.getArc(delivery);
  let best = plan.getCurrentCost(delivery);
  let to: LoadArc | undefined;
  for (const arc of arcs[delivery] ?? []) {
    if (arc.agent === currentArc?.agent || plan.getArcCost(arc) >= best || !plan.fits(arc)) continue;
    best = plan.getArcCost(arc);
    to = arc;
  }
  if (to) plan.move(delivery, to);
  return to !== undefined;
}

/**
 * Replaces another delivery by this one, and moves the other where it costs least: to the freed capacity, to an agent
 * with capacity left, or to unassigned.
 */
function displace(plan: LoadPlan, problem: LoadProblem, delivery: number): boolean {
  const currentArc = plan.getArc(delivery);
  const currentCost = plan.getCurrentCost(delivery);
  let bestDelta = 0;
  let bestMove: { arc: LoadArc; other: number; to: LoadArc | undefined } | undefined;
  for (const arc of problem.arcs[delivery] ?? []) {
    if (arc.agent === currentArc?.agent) continue;
    for (const other of plan.getDeliveries(arc.agent)) {
      const otherArc = plan.getArc(other);
      if (!otherArc || !plan.fits(arc, otherArc)) continue;
      // The agent's number of deliveries stays the same, and so does its load cost.
      const delta = arc.cost - otherArc.cost - currentCost;
      if (delta + getMinCost(plan, problem, other) >= bestDelta) continue;
      const { cost, to } = findCheapestElsewhere(plan, problem, other, arc.agent, currentArc);
      if (delta + cost < bestDelta) {
        bestDelta = delta + cost;
        bestMove = { arc, other, to };
      }
    }
  }
  if (!bestMove) return false;
  const before = plan.cost;
  const [otherArcBefore, ownArcBefore] = [plan.getArc(bestMove.other), currentArc];
  plan.move(bestMove.other, undefined);
  plan.move(delivery, bestMove.arc);
  plan.move(bestMove.other, bestMove.to);
  if (plan.cost < before) return true;
  plan.move(bestMove.other, undefined);
  plan.move(delivery, ownArcBefore);
  plan.move(bestMove.other, otherArcBefore);
  return false;
}

function findCheapestElsewhere(
  plan: LoadPlan,
  { arcs }: LoadProblem,
  delivery: number,
  excludedAgent: number,
  freed: LoadArc | undefined,
): { readonly cost: number; readonly to: LoadArc | undefined } {
  let best = plan.getUnassignedCost(delivery);
  let to: LoadArc | undefined;
  for (const arc of arcs[delivery] ?? []) {
    // Arcs are in ascending order of cost: the first that fits is the cheapest.
    if (arc.cost >= best) break;
    if (arc.agent === excludedAgent || !plan.fits(arc, arc.agent === freed?.agent ? freed : undefined)) continue;
    [best, to] = [arc.cost, arc];
    break;
  }
  return { cost: best, to };
}

const getMinCost = (plan: LoadPlan, { arcs }: LoadProblem, delivery: number): number =>
  Math.min(plan.getUnassignedCost(delivery), arcs[delivery]?.[0]?.cost ?? Infinity);
