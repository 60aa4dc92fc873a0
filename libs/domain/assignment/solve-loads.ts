import { worthAtCapacityPrices } from './capacity-prices.js';
import { improveLoads, insertByRegret } from './improve-loads.js';
import { solveKnapsack } from './knapsack.js';
import { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem, LoadSolution } from './load-problem.js';
import { ruinAndRecreate } from './ruin-and-recreate.js';

const MOST_ROUNDS = 400;
const LEAST_ROUNDS = 30;
/** Of looking at arcs, over all rounds: larger problems get fewer. */
const MOST_LOOKS = 6_000_000;
/** After so many rounds without a better bound the steps are halved. */
const PATIENCE = 12;
const SMALLEST_STEP = 0.005;
/** Of looking at arcs, each time a plan is refined: by pairs of deliveries, and at most. */
const REFINING_BY_PAIR = 4_000;
const MOST_REFINING = 200_000_000;
/** A plan so close to its bound is not worth more time. */
const CLOSE_ENOUGH = 1.01;
const MOST_REFININGS = 6;
/** A plan that several refinings make cheaper by less is left as it is. */
const STUCK = 0.9999;
const MOST_STUCK = 5;
/** A plan is made of every so many rounds. */
const PLAN_EVERY = 10;

/**
 * A cheap plan in which every measure fits, and a bound below which no plan can cost. Lagrangian relaxation of "each
 * delivery once" (Fisher, Jaikumar and Van Wassenhove 1986): at prices for the deliveries each agent fills their vehicle
 * for themselves, a knapsack that is solved exactly; prices follow the subgradient with Polyak's steps. What agents chose is
 * repaired to a plan, and improved by moving and exchanging deliveries. The bound is that of the linear relaxation or better.
 * @param start a plan to begin from, by delivery its agent or -1; it need not fit
 * @param effort how long it tries; 1 takes some ten seconds for 200 deliveries and 60 agents
 */
export function solveLoads(given: LoadProblem, start?: readonly number[], effort = 1): LoadSolution {
  const problem = {
    ...given,
    arcs: given.arcs.map((row) => [...row].sort((a, b) => a.cost - b.cost || a.agent - b.agent)),
  };
  const byAgent = arcsByAgent(problem);
  const { unassignedCosts } = problem;
  let best = madePlan(problem, (delivery) => arcTo(problem, delivery, start?.[delivery]));
  const prices = worthAtCapacityPrices(problem, best.cost);
  let bound = 0;
  let step = 1;
  let stale = 0;
  const arcCount = problem.arcs.reduce((count, row) => count + row.length, 0);
  const rounds = Math.max(LEAST_ROUNDS, Math.min(effort * MOST_ROUNDS, Math.floor(MOST_LOOKS / Math.max(1, arcCount))));
  for (let round = 0; round < rounds && step > SMALLEST_STEP && bound < best.cost; round += 1) {
    const relaxed = relaxedAt(prices, problem, byAgent);
    // Costs are whole numbers.
    const rounded = Math.ceil(relaxed.value - 1e-6);
    if (rounded > bound) [bound, stale] = [rounded, 0];
    else if ((stale += 1) >= PATIENCE) [step, stale] = [step / 2, 0];
    if (round % PLAN_EVERY === 0) {
      const made = madePlan(problem, (delivery) => relaxed.arcOf[delivery]);
      if (made.cost < best.cost) best = made;
    }
    follow(prices, relaxed.times, step * Math.max(1, best.cost - relaxed.value), unassignedCosts);
  }
  const chance = fixedChance();
  let stuck = 0;
  for (let more = 0; more < MOST_REFININGS && best.cost > bound * CLOSE_ENOUGH; more += 1) {
    const better = refined(problem, best, effort, chance);
    stuck = better.cost > best.cost * STUCK ? stuck + 1 : 0;
    best = better;
    if (stuck > effort * MOST_STUCK) break;
  }
  return { agentOf: best.agentOf, cost: best.cost, bound };
}

/** The same plan, emptied and filled in parts for as long as the size of the problem allows. */
function refined(problem: LoadProblem, made: LoadPlan, effort: number, chance: () => number): LoadPlan {
  const patience = effort * Math.min(MOST_REFINING, REFINING_BY_PAIR * problem.arcs.length ** 2);
  const plan = new LoadPlan(problem);
  problem.arcs.forEach((_, delivery) => plan.move(delivery, made.arcAt(delivery)));
  const arcs = ruinAndRecreate(plan, problem, patience, chance);
  const again = madePlan(problem, (delivery) => arcs[delivery]);
  return again.cost < made.cost ? again : made;
}

/** The same plan for the same problem: chance that is always the same (Park and Miller 1988). */
function fixedChance(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** The chosen arcs as far as they fit, what is left inserted, and all of it improved. */
function madePlan(problem: LoadProblem, chosen: (delivery: number) => LoadArc | undefined): LoadPlan {
  const plan = new LoadPlan(problem);
  const left: number[] = [];
  problem.arcs.forEach((_, delivery) => {
    const arc = chosen(delivery);
    if (arc && plan.fits(arc)) plan.move(delivery, arc);
    else left.push(delivery);
  });
  insertByRegret(plan, problem, left);
  improveLoads(plan, problem);
  return plan;
}

interface Relaxed {
  readonly value: number;
  /** By delivery: how many agents chose it. */
  readonly times: readonly number[];
  /** By delivery: the cheapest of the arcs on which agents chose it. */
  readonly arcOf: readonly (LoadArc | undefined)[];
}

interface OwnArc {
  readonly delivery: number;
  readonly arc: LoadArc;
}

/** Every agent fills their vehicle with what earns most at these prices. */
function relaxedAt(
  prices: readonly number[],
  { arcs, capacities }: LoadProblem,
  byAgent: readonly (readonly OwnArc[])[],
): Relaxed {
  const times = arcs.map(() => 0);
  const arcOf: (LoadArc | undefined)[] = arcs.map(() => undefined);
  let value = prices.reduce((sum, price) => sum + price, 0);
  byAgent.forEach((own, agent) => {
    const items = own.map(({ delivery, arc }) => ({ profit: (prices[delivery] ?? 0) - arc.cost, uses: arc.uses }));
    const { chosen, bound } = solveKnapsack(items, capacities[agent] ?? []);
    value -= bound;
    for (const index of chosen) {
      const { delivery, arc } = own[index] as OwnArc;
      times[delivery] = (times[delivery] ?? 0) + 1;
      const known = arcOf[delivery];
      if (!known || arc.cost < known.cost) arcOf[delivery] = arc;
    }
  });
  return { value, times, arcOf };
}

/** What nobody takes becomes worth more, what several take less; nothing is worth more than leaving it out. */
function follow(prices: number[], times: readonly number[], distance: number, most: readonly number[]): void {
  // One that nobody takes at the price of leaving it out is left out, and that is all right.
  const slopes = times.map((count, delivery) =>
    count === 0 && (prices[delivery] ?? 0) >= (most[delivery] ?? 0) ? 0 : 1 - count,
  );
  const norm = slopes.reduce((sum, slope) => sum + slope * slope, 0);
  if (norm === 0) return;
  slopes.forEach((slope, delivery) => {
    const moved = (prices[delivery] ?? 0) + (distance / norm) * slope;
    prices[delivery] = Math.max(0, Math.min(most[delivery] ?? 0, moved));
  });
}

function arcsByAgent({ arcs, capacities }: LoadProblem): OwnArc[][] {
  const byAgent = capacities.map((): OwnArc[] => []);
  arcs.forEach((row, delivery) => {
    for (const arc of row) byAgent[arc.agent]?.push({ delivery, arc });
  });
  return byAgent;
}

const arcTo = ({ arcs }: LoadProblem, delivery: number, agent = -1): LoadArc | undefined =>
  arcs[delivery]?.find((arc) => arc.agent === agent);
