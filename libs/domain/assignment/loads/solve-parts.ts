import { dive } from './dive.js';
import { generateColumns, type IterationBudget, type PricingProblem } from './generate-columns.js';
import type { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem } from './load-problem.js';
import type { Load, OpenPart, DualValues } from './master-problem.js';

/** The minimum number of agents to select for a part. A part has fewer agents if they have too many deliveries. */
const MIN_AGENTS = 6;
/** The maximum number of agents in a part. */
const MAX_AGENTS = 22;
/** The maximum number of deliveries in a part with more than two agents, apart from unassigned ones. */
const MAX_DELIVERIES = 90;
/** The maximum number of unassigned deliveries in a part. */
const MAX_UNASSIGNED = 10;
/** The search ends after this many consecutive parts without improvement, per delivery. */
const MAX_STALLS_PER_DELIVERY = 3;
/** Further agents of a part are chosen among this many of the cheapest arcs of a delivery. */
const NEAREST_ARCS = 20;

/**
 * Improves a plan by re-solving parts of it, some agents and their deliveries, by column generation and a dive. A part
 * whose bound shows that it is optimal is skipped.
 * @param problem its arcs sorted by ascending cost within each delivery
 * @param dualValues initial dual values
 * @param goodEnough the search ends at this cost
 * @param tolerance the share by which a plan may cost more than the best so far and still be accepted, which lets the
 *   search leave local optima
 * @param random uniform in [0, 1)
 */
export function solveParts(
  plan: LoadPlan,
  problem: LoadProblem,
  pricing: PricingProblem,
  { byDelivery: dualValues, minUnassigned }: DualValues,
  budget: IterationBudget,
  { goodEnough, tolerance }: { readonly goodEnough: number; readonly tolerance: number },
  random: () => number,
): void {
  const allDeliveries = problem.arcs.map((_, delivery) => delivery);
  let cheapest = { cost: plan.cost, arcs: plan.getArcs(allDeliveries) };
  for (let stalls = 0; budget.remaining > 0 && stalls < MAX_STALLS_PER_DELIVERY * allDeliveries.length; stalls += 1) {
    if (cheapest.cost <= goodEnough) break;
    const part = selectPart(Math.floor(random() * problem.arcs.length), plan, problem, random);
    const partDeliveries = new Set(part.deliveries);
    const partCost = part.deliveries.reduce((sum, delivery) => sum + plan.getCurrentCost(delivery), 0);
    const master = pricing.toMasterProblem(part, budget);
    for (const load of toLoads(plan, part.agents)) master.add(load);
    const start = {
      byDelivery: dualValues.map((dualValue, delivery) => (partDeliveries.has(delivery) ? dualValue : 0)),
      minUnassigned,
    };
    const bound = generateColumns(master, part, pricing, start, budget);
    if (Math.ceil(bound - 1e-6) >= partCost) continue;
    const maxAcceptedCost = cheapest.cost * (1 + tolerance);
    const loads = dive(master, part, pricing, budget, { costLimit: partCost + maxAcceptedCost - plan.cost, random });
    if (loads) applyLoads(loads, part, plan, problem, maxAcceptedCost);
    if (plan.cost < cheapest.cost) [cheapest, stalls] = [{ cost: plan.cost, arcs: plan.getArcs(allDeliveries) }, 0];
  }
  plan.reassignAll(allDeliveries, cheapest.arcs);
}

/** Returns the loads of the agents in the plan. */
export function toLoads(plan: LoadPlan, agents: readonly number[]): Load[] {
  return agents.flatMap((agent) => {
    const deliveries = [...plan.getDeliveries(agent)];
    const cost = deliveries.reduce((sum, delivery) => sum + (plan.getArc(delivery)?.cost ?? 0), 0);
    return deliveries.length === 0 ? [] : [{ agent, deliveries, cost }];
  });
}

/** Returns, by delivery, the cheapest of its arcs in these loads; several loads may contain the same delivery. */
export function toArcs(loads: readonly Load[], { arcs }: LoadProblem): Map<number, LoadArc> {
  const arcOf = new Map<number, LoadArc>();
  for (const { agent, deliveries } of loads)
    for (const delivery of deliveries) {
      const arc = arcs[delivery]?.find((candidate) => candidate.agent === agent);
      const knownArc = arcOf.get(delivery);
      if (arc && (!knownArc || arc.cost < knownArc.cost)) arcOf.set(delivery, arc);
    }
  return arcOf;
}

/** Replaces the loads of the part's agents, unless the plan then costs more than before and more than accepted. */
function applyLoads(
  loads: readonly Load[],
  { deliveries }: OpenPart,
  plan: LoadPlan,
  problem: LoadProblem,
  maxAcceptedCost: number,
): void {
  const arcOf = toArcs(loads, problem);
  const arcsBefore = plan.getArcs(deliveries);
  const maxCost = Math.max(plan.cost, maxAcceptedCost);
  const arcs = deliveries.map((delivery) => arcOf.get(delivery));
  plan.reassignAll(deliveries, arcs);
  if (plan.cost > maxCost) plan.reassignAll(deliveries, arcsBefore);
}

/** Selects agents who could take a delivery of the part, with all their deliveries, and some unassigned deliveries. */
function selectPart(delivery: number, plan: LoadPlan, { arcs }: LoadProblem, random: () => number): OpenPart {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const agentCount = MIN_AGENTS + Math.floor(random() ** 2 * (MAX_AGENTS - MIN_AGENTS + 1));
  const agents = new Set<number>();
  const deliveries = new Set([delivery]);
  const addAgent = (agent: number): void => {
    const agentDeliveries = plan.getDeliveries(agent);
    if (agents.size > 1 && deliveries.size + agentDeliveries.size > MAX_DELIVERIES) return;
    agents.add(agent);
    for (const other of agentDeliveries) deliveries.add(other);
  };
  const currentArc = plan.getArc(delivery);
  if (currentArc) addAgent(currentArc.agent);
  for (let attempts = 0; attempts < 4 * agentCount && agents.size < agentCount; attempts += 1) {
    const around = attempts % 3 === 0 ? delivery : (pick([...deliveries]) ?? delivery);
    const row = (arcs[around] ?? []).slice(0, NEAREST_ARCS);
    const arc = row[Math.floor(random() ** 2 * row.length)];
    if (arc) addAgent(arc.agent);
  }
  const { unassigned } = plan;
  for (let count = 0; count < MAX_UNASSIGNED && unassigned.length > 0; count += 1)
    deliveries.add(pick(unassigned) ?? delivery);
  return { deliveries: [...deliveries], agents: [...agents] };
}
