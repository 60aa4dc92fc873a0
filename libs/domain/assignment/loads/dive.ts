import { generateColumns, type IterationBudget, type PricingProblem } from './generate-columns.js';
import type { Load, MasterProblem, OpenPart } from './master-problem.js';

/** A load with more than this share in the solution is treated as integral. */
const INTEGRAL_SHARE = 0.95;
/** Maximum number of known loads of an agent, by ascending reduced cost, that are passed to the next part. */
const MAX_KNOWN_LOADS = 8;
/** Probability that a step of a randomized dive starts with the load of the second largest share, not the largest. */
const SECOND_BEST_PROBABILITY = 0.25;

/** When to abandon a dive, and whether to randomize it. */
export interface DiveGoal {
  /** A dive that cannot end below this cost is abandoned. */
  readonly costLimit: number;
  /** Uniform in [0, 1). Randomizes the dive; without it, the dive is deterministic. */
  readonly random?: (() => number) | undefined;
}

/**
 * Rounds a fractional solution of the master problem to whole loads by a dive, as in branch and price: it fixes the
 * loads with the largest shares, removes their agents and deliveries, solves the remaining problem again, and repeats.
 * @param master solved for the open part
 * @returns at most one load for each agent; a delivery may be in several. `undefined` when the dive is abandoned
 *   because of `costLimit` or an exhausted budget
 */
export function dive(
  master: MasterProblem,
  open: OpenPart,
  pricing: PricingProblem,
  budget: IterationBudget,
  { costLimit, random }: DiveGoal,
): Load[] | undefined {
  const fixedLoads: Load[] = [];
  let fixedCost = 0;
  let [part, solvedMaster] = [open, master];
  for (;;) {
    const newLoads = selectLoadsToFix(solvedMaster, random);
    if (newLoads.length === 0) return fixedLoads;
    fixedLoads.push(...newLoads);
    fixedCost += newLoads.reduce((sum, { cost }) => sum + cost, 0);
    const fixedDeliveries = new Set(newLoads.flatMap(({ deliveries }) => deliveries));
    const fixedAgents = new Set(newLoads.map(({ agent }) => agent));
    const { byDelivery: dualValues, minUnassigned } = solvedMaster.dualValues;
    const start = {
      byDelivery: dualValues.map((dualValue, delivery) => (fixedDeliveries.has(delivery) ? 0 : dualValue)),
      minUnassigned,
    };
    part = {
      deliveries: part.deliveries.filter((delivery) => !fixedDeliveries.has(delivery)),
      agents: part.agents.filter((agent) => !fixedAgents.has(agent)),
    };
    if (part.deliveries.length === 0 || part.agents.length === 0) return fixedLoads;
    const nextMaster = pricing.toMasterProblem(part, budget);
    for (const load of selectRemainingLoads(solvedMaster, fixedDeliveries, fixedAgents)) nextMaster.add(load);
    const bound = generateColumns(nextMaster, part, pricing, start, budget);
    if (budget.remaining <= 0 || fixedCost + bound >= costLimit) return undefined;
    solvedMaster = nextMaster;
  }
}

function selectLoadsToFix(solvedMaster: MasterProblem, random: (() => number) | undefined): Load[] {
  const shares = solvedMaster.shares.sort((a, b) => b.share - a.share || a.load.agent - b.load.agent);
  const first = shares[random && shares.length > 1 && random() < SECOND_BEST_PROBABILITY ? 1 : 0]?.load;
  if (!first) return [];
  const others = shares.filter(({ load, share }) => share > INTEGRAL_SHARE && load.agent !== first.agent);
  return [first, ...others.map(({ load }) => load)];
}

/**
 * Selects each agent's known loads with the lowest reduced costs. Excludes loads of fixed agents and loads that contain
 * a fixed delivery.
 */
function selectRemainingLoads(
  solvedMaster: MasterProblem,
  fixedDeliveries: ReadonlySet<number>,
  fixedAgents: ReadonlySet<number>,
): Load[] {
  const countByAgent = new Map<number, number>();
  return solvedMaster.loadsByReducedCost.filter(({ agent, deliveries }) => {
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
