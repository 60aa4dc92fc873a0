import { solveKnapsack } from './knapsack.js';
import { leastLeftOut } from './least-left-out.js';
import type { LoadArc, LoadProblem } from './load-problem.js';
import { MasterProblem, type Filling, type OpenPart, type Prices } from './master-problem.js';

/** How much of the best prices so far is in the next: prices of few fillings lead astray (Wentges 1997). */
const SMOOTHING = 0.85;
/** So close to its optimum a bound is not worth more rounds: costs are whole numbers. */
const CLOSE = 0.5;

/** Of an agent's arcs, until it is known which are worth their cost. */
const LOOKS_BY_ITEM = 4;

/** Numbers that may yet be looked at; what is used is taken off. */
export interface Budget {
  looks: number;
}

interface OwnArc {
  readonly delivery: number;
  readonly arc: LoadArc;
}

/** What agents would take along at given prices. */
export class FillingMarket {
  private readonly byAgent: readonly OwnArc[][];

  constructor(private readonly problem: LoadProblem) {
    this.byAgent = problem.capacities.map(() => []);
    problem.arcs.forEach((row, delivery) => {
      for (const arc of row) this.byAgent[arc.agent]?.push({ delivery, arc });
    });
  }

  /** Of a part, with nothing known but that everything can be left out. */
  master(open: OpenPart, budget: Budget): MasterProblem {
    budget.looks -= (open.deliveries.length + open.agents.length) ** 2;
    return new MasterProblem(open, this.problem.unassignedCosts, leastLeftOut(open, this.problem));
  }

  /**
   * Every agent fills their vehicle with what earns most at these prices, a knapsack.
   * @param worth by delivery; 0 where it is decided
   * @returns with `value` no plan for the open part costs less: the Lagrangian bound of "each delivery once"
   */
  at(worth: readonly number[], { agents }: OpenPart, budget: Budget): { value: number; fillings: Filling[] } {
    let value = worth.reduce((sum, price) => sum + price, 0);
    const fillings = agents.flatMap((agent): Filling[] => {
      const own = (this.byAgent[agent] ?? []).filter(({ delivery, arc }) => (worth[delivery] ?? 0) > arc.cost);
      const items = own.map(({ delivery, arc }) => ({ profit: (worth[delivery] ?? 0) - arc.cost, uses: arc.uses }));
      const { chosen, bound, looks } = solveKnapsack(items, this.problem.capacities[agent] ?? []);
      value -= bound;
      budget.looks -= looks + LOOKS_BY_ITEM * (this.byAgent[agent]?.length ?? 0);
      const taken = chosen.map((index) => own[index] as OwnArc);
      if (taken.length === 0) return [];
      const cost = taken.reduce((sum, { arc }) => sum + arc.cost, 0);
      return [{ agent, deliveries: taken.map(({ delivery }) => delivery), cost }];
    });
    return { value, fillings };
  }
}

/**
 * Column generation: at the master problem's prices every agent fills their vehicle, and what they would take becomes known
 * to it, until nobody would take anything else. The master's solution is then that of the linear relaxation over all fillings.
 * @param start prices to begin with
 * @returns the best bound that was met
 */
export function generateFillings(
  master: MasterProblem,
  open: OpenPart,
  market: FillingMarket,
  start: Prices,
  budget: Budget,
): number {
  let centre = start;
  let bound = -Infinity;
  const learn = (prices: Prices): boolean => {
    const { value, fillings } = market.at(prices.worth, open, budget);
    const total = value + prices.scarcity * master.leastOut;
    if (total > bound) [bound, centre] = [total, prices];
    return fillings.filter((filling) => master.add(filling)).length > 0;
  };
  learn(start);
  while (budget.looks > 0) {
    budget.looks -= master.solve(budget.looks);
    if (master.cost - bound < CLOSE) break;
    // Prices in between may teach nothing where the master's own still do.
    if (!learn(between(master.prices, centre)) && !learn(master.prices)) break;
  }
  return bound;
}

/** Where both are valid, so is what lies between them. */
function between(own: Prices, centre: Prices): Prices {
  const toward = (from: number, to: number): number => from + SMOOTHING * (to - from);
  return {
    worth: own.worth.map((price, delivery) => toward(price, centre.worth[delivery] ?? price)),
    scarcity: toward(own.scarcity, centre.scarcity),
  };
}
