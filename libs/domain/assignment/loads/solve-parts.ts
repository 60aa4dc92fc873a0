import { dive } from './dive.js';
import { generateFillings, type Budget, type FillingMarket } from './generate-fillings.js';
import type { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem } from './load-problem.js';
import type { Filling, OpenPart, Prices } from './master-problem.js';

/** So many agents are planned anew at a time, unless they have too many deliveries between them. */
const LEAST_AGENTS = 6;
const MOST_AGENTS = 22;
const MOST_DELIVERIES = 90;
/** And so many of the deliveries that are out. */
const MOST_OUT = 10;
/** It ends when so many parts for each delivery in a row were not made cheaper. */
const PATIENCE = 3;
/** Neighbours are looked for among so many of the cheapest of a delivery. */
const NEAR = 20;

/**
 * Improves a plan by solving parts of it anew, some agents and what they have, by column generation and a dive. A part whose
 * bound says that it is as cheap as can be is left at once.
 * @param problem with each delivery's arcs in the order of their cost
 * @param prices to begin with
 * @param goodEnough the cost at which it ends
 * @param tolerance by what share a plan may be dearer than the cheapest so far and be gone on from: a way out of where nothing
 *   is cheaper nearby
 * @param random uniform in [0, 1)
 */
export function solveParts(
  plan: LoadPlan,
  problem: LoadProblem,
  market: FillingMarket,
  { worth, scarcity }: Prices,
  budget: Budget,
  { goodEnough, tolerance }: { readonly goodEnough: number; readonly tolerance: number },
  random: () => number,
): void {
  const all = problem.arcs.map((_, delivery) => delivery);
  let cheapest = { cost: plan.cost, arcs: plan.arcsOf(all) };
  for (let idle = 0; budget.looks > 0 && idle < PATIENCE * all.length; idle += 1) {
    if (cheapest.cost <= goodEnough) break;
    const part = partAround(Math.floor(random() * problem.arcs.length), plan, problem, random);
    const isOpen = new Set(part.deliveries);
    const present = part.deliveries.reduce((sum, delivery) => sum + plan.presentCost(delivery), 0);
    const master = market.master(part, budget);
    for (const filling of fillingsOf(plan, part.agents)) master.add(filling);
    const start = { worth: worth.map((price, delivery) => (isOpen.has(delivery) ? price : 0)), scarcity };
    const bound = generateFillings(master, part, market, start, budget);
    if (Math.ceil(bound - 1e-6) >= present) continue;
    const allowed = cheapest.cost * (1 + tolerance);
    const fillings = dive(master, part, market, budget, { below: present + allowed - plan.cost, random });
    if (fillings) carryOut(fillings, part, plan, problem, allowed);
    if (plan.cost < cheapest.cost) [cheapest, idle] = [{ cost: plan.cost, arcs: plan.arcsOf(all) }, 0];
  }
  plan.placeAll(all, cheapest.arcs);
}

/** What each of the agents has. */
export function fillingsOf(plan: LoadPlan, agents: readonly number[]): Filling[] {
  return agents.flatMap((agent) => {
    const deliveries = [...plan.takenBy(agent)];
    const cost = deliveries.reduce((sum, delivery) => sum + (plan.arcAt(delivery)?.cost ?? 0), 0);
    return deliveries.length === 0 ? [] : [{ agent, deliveries, cost }];
  });
}

/** By delivery the cheapest of the arcs on which it is taken; fillings may share a delivery. */
export function arcsIn(fillings: readonly Filling[], { arcs }: LoadProblem): Map<number, LoadArc> {
  const arcOf = new Map<number, LoadArc>();
  for (const { agent, deliveries } of fillings)
    for (const delivery of deliveries) {
      const arc = arcs[delivery]?.find((candidate) => candidate.agent === agent);
      const known = arcOf.get(delivery);
      if (arc && (!known || arc.cost < known.cost)) arcOf.set(delivery, arc);
    }
  return arcOf;
}

/** Puts them in the place of what the part's agents have, unless the plan then costs more than is allowed. */
function carryOut(
  fillings: readonly Filling[],
  { deliveries }: OpenPart,
  plan: LoadPlan,
  problem: LoadProblem,
  allowed: number,
): void {
  const arcOf = arcsIn(fillings, problem);
  const before = plan.arcsOf(deliveries);
  const most = Math.max(plan.cost, allowed);
  const arcs = deliveries.map((delivery) => arcOf.get(delivery));
  plan.placeAll(deliveries, arcs);
  if (plan.cost > most) plan.placeAll(deliveries, before);
}

/** Agents who could take a delivery, or what those have who are in the part already; with all they have, and some that is out. */
function partAround(delivery: number, plan: LoadPlan, { arcs }: LoadProblem, random: () => number): OpenPart {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const wanted = LEAST_AGENTS + Math.floor(random() ** 2 * (MOST_AGENTS - LEAST_AGENTS + 1));
  const agents = new Set<number>();
  const deliveries = new Set([delivery]);
  const join = (agent: number): void => {
    const own = plan.takenBy(agent);
    if (agents.size > 1 && deliveries.size + own.size > MOST_DELIVERIES) return;
    agents.add(agent);
    for (const other of own) deliveries.add(other);
  };
  const own = plan.arcAt(delivery);
  if (own) join(own.agent);
  for (let tries = 0; tries < 4 * wanted && agents.size < wanted; tries += 1) {
    const around = tries % 3 === 0 ? delivery : (pick([...deliveries]) ?? delivery);
    const row = (arcs[around] ?? []).slice(0, NEAR);
    const arc = row[Math.floor(random() ** 2 * row.length)];
    if (arc) join(arc.agent);
  }
  const { out } = plan;
  for (let count = 0; count < MOST_OUT && out.length > 0; count += 1) deliveries.add(pick(out) ?? delivery);
  return { deliveries: [...deliveries], agents: [...agents] };
}
