import type { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem } from './load-problem.js';

const MOST_PASSES = 50;

/** By how much regret is blurred at most. */
const BLUR = 0.4;

/**
 * Deliveries that are out are put where they cost least, those first that lose most by waiting (Martello and Toth 1981).
 * @param random uniform in [0, 1); blurs who loses most, for who wants different plans
 * @returns how many arcs were looked at: what it took
 */
export function insertByRegret(
  plan: LoadPlan,
  { arcs }: LoadProblem,
  deliveries: readonly number[],
  random?: () => number,
): number {
  const weights = new Map(deliveries.map((delivery) => [delivery, random ? 1 + BLUR * (2 * random() - 1) : 1]));
  const left = new Set(deliveries);
  let looks = 0;
  while (left.size > 0) {
    let next: { delivery: number; arc: LoadArc | undefined; regret: number } | undefined;
    for (const delivery of left) {
      let [best, second] = [plan.outCost(delivery), Infinity];
      let arc: LoadArc | undefined;
      const row = arcs[delivery] ?? [];
      looks += row.length;
      for (const candidate of row) {
        const cost = plan.costOn(candidate);
        if (cost >= second || !plan.fits(candidate)) continue;
        if (cost < best) [second, best, arc] = [best, cost, candidate];
        else second = cost;
      }
      const lost = arc ? Math.min(second, plan.outCost(delivery)) - best : 0;
      const regret = lost * (weights.get(delivery) ?? 1);
      if (!next || regret > next.regret) next = { delivery, arc, regret };
    }
    if (!next) break;
    if (next.arc) plan.move(next.delivery, next.arc);
    left.delete(next.delivery);
  }
  return looks;
}

/**
 * Moves single deliveries, and pairs of them, for as long as that makes the plan cheaper.
 * @param problem with each delivery's arcs in the order of their cost
 */
export function improveLoads(plan: LoadPlan, problem: LoadProblem): void {
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    let improved = false;
    for (let delivery = 0; delivery < problem.arcs.length; delivery += 1) {
      if (shift(plan, problem, delivery) || displace(plan, problem, delivery)) improved = true;
    }
    if (!improved) return;
  }
}

/** To where it costs least, if there is room. */
function shift(plan: LoadPlan, { arcs }: LoadProblem, delivery: number): boolean {
  const present = plan.arcAt(delivery);
  let best = plan.presentCost(delivery);
  let to: LoadArc | undefined;
  for (const arc of arcs[delivery] ?? []) {
    if (arc.agent === present?.agent || plan.costOn(arc) >= best || !plan.fits(arc)) continue;
    best = plan.costOn(arc);
    to = arc;
  }
  if (to) plan.move(delivery, to);
  return to !== undefined;
}

/** In another's place, who goes where it costs least: into the place that was left, to anybody with room, or out. */
function displace(plan: LoadPlan, problem: LoadProblem, delivery: number): boolean {
  const present = plan.arcAt(delivery);
  const presentCost = plan.presentCost(delivery);
  let least = 0;
  let found: { arc: LoadArc; other: number; to: LoadArc | undefined } | undefined;
  for (const arc of problem.arcs[delivery] ?? []) {
    if (arc.agent === present?.agent) continue;
    for (const other of plan.takenBy(arc.agent)) {
      const otherArc = plan.arcAt(other);
      if (!otherArc || !plan.fits(arc, otherArc)) continue;
      // The places change hands, so what they cost stays the same with this agent.
      const gain = arc.cost - otherArc.cost - presentCost;
      if (gain + leastCost(plan, problem, other) >= least) continue;
      const { cost, to } = cheapestElsewhere(plan, problem, other, arc.agent, present);
      if (gain + cost < least) {
        least = gain + cost;
        found = { arc, other, to };
      }
    }
  }
  if (!found) return false;
  const before = plan.cost;
  const [otherBefore, ownBefore] = [plan.arcAt(found.other), present];
  plan.move(found.other, undefined);
  plan.move(delivery, found.arc);
  plan.move(found.other, found.to);
  if (plan.cost < before) return true;
  plan.move(found.other, undefined);
  plan.move(delivery, ownBefore);
  plan.move(found.other, otherBefore);
  return false;
}

function cheapestElsewhere(
  plan: LoadPlan,
  { arcs }: LoadProblem,
  delivery: number,
  notWith: number,
  freed: LoadArc | undefined,
): { readonly cost: number; readonly to: LoadArc | undefined } {
  let best = plan.outCost(delivery);
  let to: LoadArc | undefined;
  for (const arc of arcs[delivery] ?? []) {
    // In the order of their cost: the first that fits is the cheapest.
    if (arc.cost >= best) break;
    if (arc.agent === notWith || !plan.fits(arc, arc.agent === freed?.agent ? freed : undefined)) continue;
    [best, to] = [arc.cost, arc];
    break;
  }
  return { cost: best, to };
}

const leastCost = (plan: LoadPlan, { arcs }: LoadProblem, delivery: number): number =>
  Math.min(plan.outCost(delivery), arcs[delivery]?.[0]?.cost ?? Infinity);
