import { generateColumns, type IterationBudget, type PricingProblem } from './generate-columns.js';
import type { Load, MasterProblem, OpenPart } from './master-problem.js';

/** A load with at least this share of the solution counts as integral. */
const INTEGRAL_SHARE = 0.95;
/** Maximum number of known loads of an agent, by ascending reduced cost, that are passed to the next part. */
const MAX_KNOWN_LOADS = 8;
/** Probability that a randomized dive first fixes the load with the second largest share, not the largest. */
const SECOND_BEST_PROBABILITY = 0.25;

/** When to abandon a dive, and whether to randomize it. */
export interface DiveGoal {
  /** A dive that cannot end below this cost is abandoned. */
  readonly below: number;
  /** Uniform in [0, 1). Randomizes the dive; without it, the dive is deterministic. */
  readonly random?: (() => number) | undefined;
}

/**
 * Rounds a fractional solution of the master problem to whole loads by a dive, as in branch and price: it fixes the
 * loads with the largest shares, removes their agents and deliveries, solves the rest again, and repeats.
 * @param master solved for the open part
 * @returns at most one load for each agent; a delivery may be in several. `undefined` when the dive is abandoned
 */
export function dive(
  master: MasterProblem,
  open: OpenPart,
  pricing: PricingProblem,
  budget: IterationBudget,
  { below, random }: DiveGoal,
): Load[] | undefined {
  const fixedLoads: Load[] = [];
  let fixedCost = 0;
  let [part, solved] = [open, master];
  for (;;) {
    const fixed = integralLoads(solved, random);
    if (fixed.length === 0) return fixedLoads;
    fixedLoads.push(...fixed);
    fixedCost += fixed.reduce((sum, { cost }) => sum + cost, 0);
    const fixedDeliveries = new Set(fixed.flatMap(({ deliveries }) => deliveries));
    const fixedAgents = new Set(fixed.map(({ agent }) => agent));
    const { byDelivery: dualValues, minUnassigned } = solved.dualValues;
    const start = {
      byDelivery: dualValues.map((dualValue, delivery) => (fixedDeliveries.has(delivery) ? 0 : dualValue)),
      minUnassigned,
    };
    part = {
      deliveries: part.deliveries.filter((delivery) => !fixedDeliveries.has(delivery)),
      agents: part.agents.filter((agent) => !fixedAgents.has(agent)),
    };
    if (part.deliveries.length === 0 || part.agents.length === 0) return fixedLoads;
    const next = pricing.toMasterProblem(part, budget);
    for (const load of remainingLoads(solved, fixedDeliveries, fixedAgents)) next.add(load);
    const bound = generateColumns(next, part, pricing, start, budget);
    if (budget.remaining <= 0 || fixedCost + bound >= below) return undefined;
    solved = next;
  }
}

function integralLoads(solved: MasterProblem, random: (() => number) | undefined): Load[] {
  const shares = solved.shares.sort((a, b) => b.share - a.share || a.load.agent - b.load.agent);
  const first = shares[random && shares.length > 1 && random() < SECOND_BEST_PROBABILITY ? 1 : 0]?.load;
  if (!first) return [];
  const others = shares.filter(({ load, share }) => share > INTEGRAL_SHARE && load.agent !== first.agent);
  return [first, ...others.map(({ load }) => load)];
}

/** The known loads of lowest reduced cost, of agents who are not fixed and without deliveries that are. */
function remainingLoads(
  solved: MasterProblem,
  fixedDeliveries: ReadonlySet<number>,
  fixedAgents: ReadonlySet<number>,
): Load[] {
  const countByAgent = new Map<number, number>();
  return solved.byReducedCost.filter(({ agent, deliveries }) => {
    const count = countByAgent.get(agent) ?? 0;
    if (
      fixedAgents.has(agent) ||
      count >= MAX_KNOWN_LOADS ||
      deliveries.some((delivery) => fixedDeliveries.has(delivery))
    )
      return false;
    countByAgent.set(agent, count + 1);
    return true;
  });
}
