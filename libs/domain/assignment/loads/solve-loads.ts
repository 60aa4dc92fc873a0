import { worthAtCapacityPrices } from './capacity-prices.js';
import { dive } from './dive.js';
import { FillingMarket, generateFillings, type Budget } from './generate-fillings.js';
import { improveLoads, insertByRegret } from './improve-loads.js';
import { LoadPlan } from './load-plan.js';
import type { LoadArc, LoadProblem, LoadSolution } from './load-problem.js';
import { ruinAndRecreate } from './ruin-and-recreate.js';
import { arcsIn, fillingsOf, solveParts } from './solve-parts.js';

/** Of looking at arcs while a plan is emptied and filled in parts: by pairs of deliveries, and at most. */
const REFINING_BY_PAIR = 4_000;
const MOST_REFINING = 200_000_000;
const MOST_REFININGS = 6;
/** Little effort is best spent on this, and of much effort more than a part gains nothing beside what follows. */
const REFINING_SHARE = 2.5;
const MOST_REFINING_EFFORT = 0.1;
/** A plan that so many refinings in a row make cheaper by less is stuck. */
const STUCK = 0.9999;
const MOST_STUCK = 2;
/** Of looking at numbers, by pairs of deliveries and at most: for the bound; half of it for a plan of the same, and for parts anew. */
const BOUNDING_BY_PAIR = 150_000;
const MOST_BOUNDING = 6_000_000_000;
/** Everybody is asked at least so often until the bound is of use. */
const LEAST_ROUNDS = 30;
/** A plan so close to its bound is not worth more time; one that is not as close as the second is worth as much again. */
const PHASES = [
  { close: 1.004, tolerance: 0 },
  { close: 1.012, tolerance: 0.002 },
] as const;

/**
 * A cheap plan in which every measure fits, and a bound below which no plan can cost. The problem is that of filling vehicles:
 * which of all fillings that an agent could take, so that each delivery is in one. Its linear relaxation, by column generation,
 * is the bound; a dive makes a plan of it, and so does local search from the plan that is given. The better of them is
 * improved by solving parts of it anew.
 * @param start a plan to begin from, by delivery its agent or -1; it need not fit
 * @param effort how long it tries; 1 takes up to a minute for 200 deliveries and 60 agents, little where the plan is soon proven
 */
export function solveLoads(given: LoadProblem, start?: readonly number[], effort = 1): LoadSolution {
  const problem = {
    ...given,
    arcs: given.arcs.map((row) => [...row].sort((a, b) => a.cost - b.cost || a.agent - b.agent)),
  };
  const random = fixedChance();
  const began = madePlan(problem, (delivery) => arcTo(problem, delivery, start?.[delivery]));
  let best = refined(problem, began, effort, random);

  const market = new FillingMarket(problem);
  const open = { deliveries: problem.arcs.map((_, at) => at), agents: problem.capacities.map((_, at) => at) };
  const prices = { worth: worthAtCapacityPrices(problem, best.cost), scarcity: 0 };
  const rows = open.deliveries.length + open.agents.length;
  const looks = effort * Math.min(MOST_BOUNDING, BOUNDING_BY_PAIR * problem.arcs.length ** 2);
  const budget: Budget = { looks };
  const { value } = market.at(prices.worth, open, budget);
  const asked = looks - budget.looks;
  // The master problem's inverse has rows x rows numbers, and it takes about as many steps as rows until it is of use.
  if (rows ** 3 + LEAST_ROUNDS * asked > budget.looks) return solutionOf(best, value);

  const master = market.master(open, budget);
  for (const filling of fillingsOf(best, open.agents)) master.add(filling);
  const bound = generateFillings(master, open, market, prices, budget);
  const fillings = dive(master, open, market, { looks: looks / 2 }, { below: Infinity });
  if (fillings) {
    const arcOf = arcsIn(fillings, problem);
    const dived = madePlan(problem, (delivery) => arcOf.get(delivery));
    if (dived.cost < best.cost) best = dived;
  }
  for (const { close, tolerance } of PHASES) {
    const goal = { goodEnough: bound * close, tolerance };
    solveParts(best, problem, market, master.prices, { looks: looks / 2 }, goal, random);
  }
  return solutionOf(best, bound);
}

/** Costs are whole numbers, so the bound may be. */
const solutionOf = ({ agentOf, cost }: LoadPlan, bound: number): LoadSolution => ({
  agentOf,
  cost,
  bound: Math.max(0, Math.ceil(bound - 1e-6)),
});

/** The same plan, emptied and filled in parts for as long as that helps and the size of the problem allows. */
function refined(problem: LoadProblem, made: LoadPlan, effort: number, random: () => number): LoadPlan {
  const looks = Math.min(MOST_REFINING, REFINING_BY_PAIR * problem.arcs.length ** 2);
  const patience = Math.min(REFINING_SHARE * effort, MOST_REFINING_EFFORT) * looks;
  let best = made;
  let stuck = 0;
  for (let times = 0; times < MOST_REFININGS && stuck < MOST_STUCK; times += 1) {
    const plan = new LoadPlan(problem);
    problem.arcs.forEach((_, delivery) => plan.move(delivery, best.arcAt(delivery)));
    const arcs = ruinAndRecreate(plan, problem, patience, random);
    const again = madePlan(problem, (delivery) => arcs[delivery]);
    stuck = again.cost > best.cost * STUCK ? stuck + 1 : 0;
    if (again.cost < best.cost) best = again;
  }
  return best;
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

const arcTo = ({ arcs }: LoadProblem, delivery: number, agent = -1): LoadArc | undefined =>
  arcs[delivery]?.find((arc) => arc.agent === agent);
