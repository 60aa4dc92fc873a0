import { computeDualValues } from './capacity-relaxation.js';
import { dive } from './dive.js';
import { PricingProblem, generateColumns, type IterationBudget } from './generate-columns.js';
import { improveLoads, insertByRegret } from './improve-loads.js';
import { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem, LoadSolution } from './load-problem.js';
import { ruinAndRecreate } from './ruin-and-recreate.js';
import { toArcs, toLoads, solveParts } from './solve-parts.js';

/** Iteration limit of the refinement by ruin and recreate, in arcs evaluated, for each pair of deliveries. */
const REFINEMENT_ITERATIONS_PER_PAIR = 4_000;
/** Iteration limit of the refinement in total, in arcs evaluated. */
const MAX_REFINEMENT_ITERATIONS = 200_000_000;
const MAX_REFINEMENTS = 6;
/**
 * The share of the refinement limit per unit of effort. At low effort, refinement gains most; at high effort, the later
 * steps gain more.
 */
const REFINEMENT_SHARE = 2.5;
/** The maximum share of the refinement limit that one refinement may use. */
const MAX_REFINEMENT_SHARE = 0.1;
/** A refinement whose result costs more than this share of the best plan has stalled. */
const STALL_RATIO = 0.9999;
/** This many stalled refinements in a row end the search. */
const MAX_STALLS = 2;
/**
 * Iteration limit of the bound, in elementary operations, for each pair of deliveries. The dive may use half of the
 * limit, and so may each phase of solving parts.
 */
const BOUND_ITERATIONS_PER_PAIR = 150_000;
/** Iteration limit of the bound in total, in elementary operations. */
const MAX_BOUND_ITERATIONS = 6_000_000_000;
/** The bound is useful only after about this many rounds of solving the pricing problem. */
const MIN_ROUNDS = 30;
/**
 * The phases of solving parts. A phase ends when the plan costs at most `maxRatio` times the bound, so the second phase
 * improves only plans that are still farther from the bound. It also accepts slightly more expensive plans.
 */
const PHASES = [
  { maxRatio: 1.004, tolerance: 0 },
  { maxRatio: 1.012, tolerance: 0.002 },
] as const;

/**
 * Computes a cheap plan that satisfies all capacities, and a lower bound on the cost of any such plan.
 *
 * The problem is reformulated over loads: which loads, at most one for each agent, contain each delivery once. Column
 * generation solves its linear relaxation, which gives the bound; a dive rounds the relaxation to a plan. Local search
 * from the given plan finds another one. The better of the two is improved by re-solving parts of it. The result is
 * deterministic.
 * @param unsorted the problem; all costs must be non-negative integers
 * @param start an initial plan, by delivery its agent or -1; it need not fit the capacities
 * @param effort scales the iteration limits: 1 takes up to a minute for 200 deliveries and 60 agents; less when the
 *   plan is proven early
 */
export function solveLoads(unsorted: LoadProblem, start?: readonly number[], effort = 1): LoadSolution {
  const problem = {
    ...unsorted,
    arcs: unsorted.arcs.map((row) => [...row].sort((a, b) => a.cost - b.cost || a.agent - b.agent)),
  };
  const random = createSeededRandom();
  const initial = buildPlan(problem, (delivery) => findArc(problem, delivery, start?.[delivery]));
  let best = refine(problem, initial, effort, random);

  const pricing = new PricingProblem(problem);
  const open = { deliveries: problem.arcs.map((_, at) => at), agents: problem.capacities.map((_, at) => at) };
  const dualValues = { byDelivery: computeDualValues(problem, best.cost), minUnassigned: 0 };
  const rowCount = open.deliveries.length + open.agents.length;
  const iterationLimit = effort * Math.min(MAX_BOUND_ITERATIONS, BOUND_ITERATIONS_PER_PAIR * problem.arcs.length ** 2);
  const budget: IterationBudget = { remaining: iterationLimit };
  const { lagrangianBound } = pricing.solve(dualValues.byDelivery, open, budget);
  const iterationsPerRound = iterationLimit - budget.remaining;
  // The inverse of the master problem has rows × rows entries, and it takes about as many pivots as rows to be useful.
  if (rowCount ** 3 + MIN_ROUNDS * iterationsPerRound > budget.remaining) return toSolution(best, lagrangianBound);

  const master = pricing.toMasterProblem(open, budget);
  for (const load of toLoads(best, open.agents)) master.add(load);
  const bound = generateColumns(master, open, pricing, dualValues, budget);
  const loads = dive(master, open, pricing, { remaining: iterationLimit / 2 }, { costLimit: Infinity });
  if (loads) {
    const arcOf = toArcs(loads, problem);
    const divePlan = buildPlan(problem, (delivery) => arcOf.get(delivery));
    if (divePlan.cost < best.cost) best = divePlan;
  }
  for (const { maxRatio, tolerance } of PHASES) {
    const goal = { goodEnough: bound * maxRatio, tolerance };
    solveParts(best, problem, pricing, master.dualValues, { remaining: iterationLimit / 2 }, goal, random);
  }
  return toSolution(best, bound);
}

/** Rounds the bound up, as all costs are integers. */
const toSolution = ({ agentOf, cost }: LoadPlan, bound: number): LoadSolution => ({
  agentOf,
  cost,
  bound: Math.max(0, Math.ceil(bound - 1e-6)),
});

/** Repeats ruin and recreate on a plan until it stalls or the iteration limit of the problem's size is reached. */
function refine(problem: LoadProblem, initial: LoadPlan, effort: number, random: () => number): LoadPlan {
  const maxIterations = Math.min(MAX_REFINEMENT_ITERATIONS, REFINEMENT_ITERATIONS_PER_PAIR * problem.arcs.length ** 2);
  const iterationLimit = Math.min(REFINEMENT_SHARE * effort, MAX_REFINEMENT_SHARE) * maxIterations;
  let best = initial;
  let stalls = 0;
  for (let refinements = 0; refinements < MAX_REFINEMENTS && stalls < MAX_STALLS; refinements += 1) {
    const plan = new LoadPlan(problem);
    problem.arcs.forEach((_, delivery) => plan.move(delivery, best.getArc(delivery)));
    const arcs = ruinAndRecreate(plan, problem, iterationLimit, random);
    const candidate = buildPlan(problem, (delivery) => arcs[delivery]);
    stalls = candidate.cost > best.cost * STALL_RATIO ? stalls + 1 : 0;
    if (candidate.cost < best.cost) best = candidate;
  }
  return best;
}

/**
 * Pseudorandom numbers with a fixed seed (Park and Miller 1988), so that the same problem always gets the same plan.
 */
function createSeededRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Builds a plan: assigns the chosen arcs that fit, inserts the other deliveries, and improves the result locally. */
function buildPlan(problem: LoadProblem, getChosenArc: (delivery: number) => LoadArc | undefined): LoadPlan {
  const plan = new LoadPlan(problem);
  const unplaced: number[] = [];
  problem.arcs.forEach((_, delivery) => {
    const arc = getChosenArc(delivery);
    if (arc && plan.fits(arc)) plan.move(delivery, arc);
    else unplaced.push(delivery);
  });
  insertByRegret(plan, problem, unplaced);
  improveLoads(plan, problem);
  return plan;
}

const findArc = ({ arcs }: LoadProblem, delivery: number, agent = -1): LoadArc | undefined =>
  arcs[delivery]?.find((arc) => arc.agent === agent);
