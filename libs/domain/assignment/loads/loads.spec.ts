import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { solveKnapsack } from './knapsack.js';
import type { LoadProblem } from './load-problem.js';
import { solveLoads } from './solve-loads.js';

const knapsacks = fc
  .record({ measures: fc.integer({ min: 1, max: 3 }), items: fc.integer({ min: 0, max: 10 }) })
  .chain(({ measures, items }) =>
    fc.record({
      items: fc.array(
        fc.record({
          profit: fc.integer({ min: -5, max: 40 }),
          uses: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: measures, maxLength: measures }),
        }),
        { minLength: items, maxLength: items },
      ),
      capacity: fc.array(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Infinity)), {
        minLength: measures,
        maxLength: measures,
      }),
    }),
  );

const loadProblems = fc
  .record({ agents: fc.integer({ min: 1, max: 3 }), deliveries: fc.integer({ min: 0, max: 6 }) })
  .chain(({ agents, deliveries }) =>
    fc.record({
      arcs: fc.array(
        fc.uniqueArray(
          fc.record({
            agent: fc.integer({ min: 0, max: agents - 1 }),
            cost: fc.integer({ min: 0, max: 30 }),
            uses: fc.tuple(fc.constant(1), fc.integer({ min: 0, max: 9 })),
          }),
          { selector: (arc) => arc.agent },
        ),
        { minLength: deliveries, maxLength: deliveries },
      ),
      capacities: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 20 })), {
        minLength: agents,
        maxLength: agents,
      }),
      unassignedCosts: fc.array(fc.integer({ min: 0, max: 80 }), { minLength: deliveries, maxLength: deliveries }),
      step: fc.integer({ min: 0, max: 5 }),
    }),
  )
  .map(({ step, ...problem }): LoadProblem => ({ ...problem, loadCost: (_, load) => step * load }));

/** The optimal cost, by enumerating all plans. */
function enumerateOptimum(problem: LoadProblem): number {
  const room = problem.capacities.map((capacity) => [...capacity]);
  const loads = problem.capacities.map(() => 0);
  const minCostFrom = (index: number): number => {
    if (index === problem.arcs.length) return 0;
    let optimum = (problem.unassignedCosts[index] ?? 0) + minCostFrom(index + 1);
    for (const { agent, cost, uses } of problem.arcs[index] ?? []) {
      const agentRoom = room[agent] ?? [];
      if (uses.some((use, measure) => use > (agentRoom[measure] ?? 0))) continue;
      const load = loads[agent] ?? 0;
      uses.forEach((use, measure) => (agentRoom[measure] = (agentRoom[measure] ?? 0) - use));
      loads[agent] = load + 1;
      optimum = Math.min(optimum, cost + (problem.loadCost?.(agent, load) ?? 0) + minCostFrom(index + 1));
      loads[agent] = load;
      uses.forEach((use, measure) => (agentRoom[measure] = (agentRoom[measure] ?? 0) + use));
    }
    return optimum;
  };
  return minCostFrom(0);
}

describe('solveKnapsack', () => {
  it('finds the choice of maximum profit and proves it by its bound', () => {
    fc.assert(
      fc.property(knapsacks, ({ items, capacity }) => {
        let maxProfit = 0;
        for (let set = 0; set < 2 ** items.length; set += 1) {
          const chosen = items.filter((_, index) => (set >> index) & 1);
          const isFeasible = capacity.every(
            (room, at) => chosen.reduce((sum, { uses }) => sum + (uses[at] ?? 0), 0) <= room,
          );
          if (isFeasible)
            maxProfit = Math.max(
              maxProfit,
              chosen.reduce((sum, { profit }) => sum + profit, 0),
            );
        }
        const { chosen, bound } = solveKnapsack(items, capacity);
        expect(bound).toBe(maxProfit);
        expect(chosen.reduce((sum, index) => sum + (items[index]?.profit ?? NaN), 0)).toBe(maxProfit);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});

describe('solveLoads', () => {
  it('satisfies every capacity, reports the actual cost, and a bound that is no higher than the optimum', () => {
    let [optimalCount, problemCount] = [0, 0];
    fc.assert(
      fc.property(loadProblems, (problem) => {
        const { agentOf, cost, bound } = solveLoads(problem);
        const room = problem.capacities.map((capacity) => [...capacity]);
        const loads = problem.capacities.map(() => 0);
        let planCost = 0;
        agentOf.forEach((agent, delivery) => {
          const arc = problem.arcs[delivery]?.find((candidate) => candidate.agent === agent);
          expect(agent === -1 || arc !== undefined).toBe(true);
          planCost += arc?.cost ?? problem.unassignedCosts[delivery] ?? NaN;
          if (!arc) return;
          planCost += problem.loadCost?.(agent, loads[agent] ?? 0) ?? 0;
          loads[agent] = (loads[agent] ?? 0) + 1;
          arc.uses.forEach(
            (use, measure) => ((room[agent] as number[])[measure] = (room[agent]?.[measure] ?? 0) - use),
          );
        });
        expect(room.flat().every((amount) => amount >= 0)).toBe(true);
        expect(cost).toBe(planCost);
        const optimum = enumerateOptimum(problem);
        expect(bound).toBeLessThanOrEqual(optimum);
        expect(cost).toBeGreaterThanOrEqual(optimum);
        problemCount += 1;
        optimalCount += Number(cost === optimum);
      }),
      { numRuns: propertyRuns(300), seed: 11 },
    );
    // Optimality is not guaranteed, but problems this small are nearly always solved to it.
    expect(optimalCount / problemCount).toBeGreaterThan(0.95);
  });

  it.each([
    ['90 % full', 0.9],
    ['110 % full', 1.1],
  ])('costs at most 2 % more than its bound when vehicles are %s', (_, fullness) => {
    let state = 7;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const sizes = Array.from({ length: 48 }, () => 5 + Math.floor(random() * 21));
    const room = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 15 / fullness);
    const arcTo = (size: number) => (__: unknown, agent: number) => {
      const cost = 100 + Math.floor(random() * 900);
      return { agent, cost, uses: [size] };
    };
    const { cost, bound } = solveLoads({
      arcs: sizes.map((size) => Array.from({ length: 15 }, arcTo(size))),
      capacities: Array.from({ length: 15 }, () => [room]),
      unassignedCosts: sizes.map(() => 3_000),
    });
    expect(cost / bound).toBeLessThan(1.02);
  });
});
