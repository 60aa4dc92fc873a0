import { insertByRegret } from './improve-loads.js';
import type { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem } from './load-problem.js';

/** So many agents are emptied at a time. */
const LEAST_AGENTS = 2;
const MOST_AGENTS = 6;
/** And so many deliveries removed, unless the first agent has more. */
const MOST_REMOVED = 30;
/** Plans this share dearer are gone on from at first; the share falls to nothing. */
const TOLERANCE = 0.005;

/**
 * Improves a plan by emptying a few agents who could take the same deliveries and filling them anew, many times over (Schrimpf
 * and others 2000), going on from plans that are a little dearer at first. Who is filled in first is blurred by chance, so that
 * the same agents are not filled the same way each time.
 * @param patience how many arcs are looked at before it ends
 * @param random uniform in [0, 1)
 * @returns of the cheapest plan that was met, by delivery its arc; undefined where it is out
 */
export function ruinAndRecreate(
  plan: LoadPlan,
  problem: LoadProblem,
  patience: number,
  random: () => number,
): readonly (LoadArc | undefined)[] {
  const all = problem.arcs.map((_, delivery) => delivery);
  let cost = plan.cost;
  let best = { arcs: plan.arcsOf(all), cost };
  for (let looks = 0; all.length > 0 && looks < patience;) {
    const removed = removedAround(Math.floor(random() * all.length), plan, problem, random);
    const before = plan.arcsOf(removed);
    for (const delivery of removed) plan.move(delivery, undefined);
    looks += 1 + insertByRegret(plan, problem, removed, random);
    const allowed = best.cost * (1 + TOLERANCE * Math.max(0, 1 - looks / patience) ** 2);
    if (plan.cost > cost && plan.cost >= allowed) plan.placeAll(removed, before);
    cost = plan.cost;
    if (cost < best.cost) best = { arcs: plan.arcsOf(all), cost };
  }
  return best.arcs;
}

/** The deliveries of some agents who could take this one, itself, and some that are out. */
function removedAround(delivery: number, plan: LoadPlan, { arcs }: LoadProblem, random: () => number): number[] {
  const removed = new Set([delivery]);
  const row = arcs[delivery] ?? [];
  const wanted = LEAST_AGENTS + Math.floor(random() * (MOST_AGENTS - LEAST_AGENTS + 1));
  const own = plan.arcAt(delivery);
  if (own) for (const other of plan.takenBy(own.agent)) removed.add(other);
  for (let picked = 1; picked < wanted && row.length > 0 && removed.size < MOST_REMOVED; picked += 1) {
    // The cheaper ones more often.
    const arc = row[Math.floor(random() ** 2 * row.length)];
    if (arc) for (const other of plan.takenBy(arc.agent)) removed.add(other);
  }
  const { out } = plan;
  for (let picked = 0; picked < 5 && out.length > 0; picked += 1)
    removed.add(out[Math.floor(random() * out.length)] ?? delivery);
  return [...removed];
}
