import { generateFillings, type Budget, type FillingMarket } from './generate-fillings.js';
import type { Filling, MasterProblem, OpenPart } from './master-problem.js';

/** A filling with so much of the solution is taken as it is. */
const AS_GOOD_AS_WHOLE = 0.95;
/** So many of an agent's known fillings go on into the next part, the best first. */
const MOST_KNOWN = 8;
/** How often not the filling with the most of the solution is taken, but the one after it. */
const SECOND_BEST = 0.25;

export interface DiveGoal {
  /** A dive that cannot end below this cost is broken off. */
  readonly below: number;
  /** Uniform in [0, 1): makes each dive another one. */
  readonly random?: (() => number) | undefined;
}

/**
 * From shares of fillings to whole ones: the one with the most of the solution is taken, and the rest solved anew without its
 * agent and its deliveries, again and again (a dive, as in branch and price).
 * @param master solved for the open part
 * @returns one filling for an agent at most, and a delivery may be in several; undefined when broken off
 */
export function dive(
  master: MasterProblem,
  open: OpenPart,
  market: FillingMarket,
  budget: Budget,
  { below, random }: DiveGoal,
): Filling[] | undefined {
  const taken: Filling[] = [];
  let spent = 0;
  let [part, solved] = [open, master];
  for (;;) {
    const whole = wholeFillings(solved, random);
    if (whole.length === 0) return taken;
    taken.push(...whole);
    spent += whole.reduce((sum, { cost }) => sum + cost, 0);
    const decided = new Set(whole.flatMap(({ deliveries }) => deliveries));
    const busy = new Set(whole.map(({ agent }) => agent));
    const { worth, scarcity } = solved.prices;
    const start = { worth: worth.map((price, delivery) => (decided.has(delivery) ? 0 : price)), scarcity };
    part = {
      deliveries: part.deliveries.filter((delivery) => !decided.has(delivery)),
      agents: part.agents.filter((agent) => !busy.has(agent)),
    };
    if (part.deliveries.length === 0 || part.agents.length === 0) return taken;
    const next = market.master(part, budget);
    for (const filling of stillKnown(solved, decided, busy)) next.add(filling);
    const bound = generateFillings(next, part, market, start, budget);
    if (budget.looks <= 0 || spent + bound >= below) return undefined;
    solved = next;
  }
}

function wholeFillings(solved: MasterProblem, random: (() => number) | undefined): Filling[] {
  const shares = solved.shares.sort((a, b) => b.share - a.share || a.filling.agent - b.filling.agent);
  const first = shares[random && shares.length > 1 && random() < SECOND_BEST ? 1 : 0]?.filling;
  if (!first) return [];
  const others = shares.filter(({ filling, share }) => share > AS_GOOD_AS_WHOLE && filling.agent !== first.agent);
  return [first, ...others.map(({ filling }) => filling)];
}

/** Of what was known, the best of each agent that is neither busy nor decided. */
function stillKnown(solved: MasterProblem, decided: ReadonlySet<number>, busy: ReadonlySet<number>): Filling[] {
  const times = new Map<number, number>();
  return solved.byReducedCost.filter(({ agent, deliveries }) => {
    const count = times.get(agent) ?? 0;
    if (busy.has(agent) || count >= MOST_KNOWN || deliveries.some((delivery) => decided.has(delivery))) return false;
    times.set(agent, count + 1);
    return true;
  });
}
