import { vi } from 'vitest';
import fc from 'fast-check';
import { isInside } from '#libs/domain/geo/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  ArcTable,
  assign,
  DEFAULT_WEIGHTS,
  evaluatePair,
  pairCost,
  solveMinCostAssignment,
  TransportSimplex,
} from './index.js';
import type { Agent, Delivery, FlowProblem, KnownTravelTimes } from './index.js';

// Property tests run thousands of cases, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = new Date('2026-03-02T08:00:00Z');
const hours = (from: number, to: number) => ({
  start: new Date(now.getTime() + from * 3_600_000),
  end: new Date(now.getTime() + to * 3_600_000),
});

const agent = (id: string, changes: Partial<Agent> = {}): Agent => ({
  id,
  position: [-87.63, 41.88],
  skills: [],
  shift: hours(0, 10),
  capacity: { count: 5 },
  experience: 0.5,
  declined: [],
  ...changes,
});

const delivery = (id: string, changes: Partial<Delivery> = {}): Delivery => ({
  id,
  position: [-87.64, 41.89],
  requires: [],
  priority: 50,
  complexity: 1,
  window: hours(2, 4),
  ...changes,
});

/** The optimal cost, by enumerating all plans of a small problem. */
function bruteForce(problem: FlowProblem): number {
  const loads = problem.capacities.map(() => 0);
  const best = (index: number): number => {
    if (index === problem.arcs.length) return 0;
    let least = (problem.unassignedCosts[index] ?? 0) + best(index + 1);
    for (const { agent: taker, cost } of problem.arcs[index] ?? []) {
      const load = loads[taker] ?? 0;
      if (load >= (problem.capacities[taker] ?? 0)) continue;
      loads[taker] = load + 1;
      least = Math.min(least, cost + (problem.loadCost?.(taker, load) ?? 0) + best(index + 1));
      loads[taker] = load;
    }
    return least;
  };
  return best(0);
}

const flowProblems = fc
  .record({ agents: fc.integer({ min: 1, max: 4 }), deliveries: fc.integer({ min: 0, max: 6 }) })
  .chain(({ agents, deliveries }) =>
    fc.record({
      arcs: fc.array(
        fc.uniqueArray(
          fc.record({ agent: fc.integer({ min: 0, max: agents - 1 }), cost: fc.integer({ min: 0, max: 30 }) }),
          { selector: (arc) => arc.agent },
        ),
        { minLength: deliveries, maxLength: deliveries },
      ),
      capacities: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: agents, maxLength: agents }),
      unassignedCosts: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: deliveries, maxLength: deliveries }),
      step: fc.integer({ min: 0, max: 10 }),
    }),
  )
  .map(({ step, ...problem }): FlowProblem => ({ ...problem, loadCost: (_, load) => step * load }));

/** Some 40 deliveries and 8 agents, from far too little work to far too much. */
const largeProblems = fc.integer({ min: 1, max: 8 }).chain((agents) =>
  fc
    .array(
      fc.record({
        row: fc.uniqueArray(
          fc.record({ agent: fc.integer({ min: 0, max: agents - 1 }), cost: fc.integer({ min: 0, max: 1000 }) }),
          { selector: (arc) => arc.agent },
        ),
        unassignedCost: fc.integer({ min: 0, max: 3000 }),
      }),
      { minLength: 20, maxLength: 60 },
    )
    .chain((deliveries) =>
      fc.record({
        arcs: fc.constant(deliveries.map(({ row }) => row)),
        unassignedCosts: fc.constant(deliveries.map(({ unassignedCost }) => unassignedCost)),
        capacities: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: agents, maxLength: agents }),
      }),
    ),
);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('solveMinCostAssignment', () => {
  it('finds the optimum of every small problem, and reports the cost of the plan it returns', () => {
    fc.assert(
      fc.property(flowProblems, (problem) => {
        const { agentOf, cost } = solveMinCostAssignment(problem);
        const loads = problem.capacities.map(() => 0);
        let sum = 0;
        agentOf.forEach((taker, index) => {
          if (taker < 0) {
            sum += problem.unassignedCosts[index] ?? 0;
            return;
          }
          const arc = problem.arcs[index]?.find((candidate) => candidate.agent === taker);
          expect(arc).toBeDefined();
          sum += (arc?.cost ?? NaN) + (problem.loadCost?.(taker, loads[taker] ?? 0) ?? 0);
          loads[taker] = (loads[taker] ?? 0) + 1;
        });
        loads.forEach((load, taker) => expect(load).toBeLessThanOrEqual(problem.capacities[taker] ?? 0));
        expect(cost).toBe(sum);
        expect(cost).toBe(bruteForce(problem));
      }),
      { numRuns: propertyRuns(1500) },
    );
  });

  it('finds a plan whose dual solution proves its optimality, on problems too large to enumerate', () => {
    fc.assert(
      fc.property(largeProblems, ({ arcs, capacities, unassignedCosts }) => {
        const simplex = new TransportSimplex(ArcTable.of(arcs, capacities.length), capacities, unassignedCosts);
        simplex.solve();
        // Weak duality: no plan costs less than the dual objective at any feasible dual values. Equality proves
        // optimality.
        const prices = capacities.map((capacity, taker) => (capacity > 0 ? simplex.agentDualValue(taker) : Infinity));
        expect(Math.min(0, ...prices)).toBe(0);
        const paid = arcs.map((row, index) =>
          Math.min(unassignedCosts[index] ?? 0, ...row.map((arc) => arc.cost + (prices[arc.agent] ?? Infinity))),
        );
        const earned = capacities.map((capacity, taker) => (capacity > 0 ? capacity * (prices[taker] ?? 0) : 0));
        expect(simplex.cost()).toBe(sum(paid) - sum(earned));
      }),
      { numRuns: propertyRuns(150) },
    );
  });

  it('reaches the same cost when deliveries are added one at a time to a solved problem', () => {
    fc.assert(
      fc.property(largeProblems, fc.integer({ min: 0, max: 20 }), ({ arcs, capacities, unassignedCosts }, first) => {
        const table = ArcTable.of(arcs.slice(0, first), capacities.length);
        const simplex = new TransportSimplex(table, capacities, unassignedCosts.slice(0, first));
        simplex.solve();
        arcs.slice(first).forEach((row, index) => {
          table.append(row);
          simplex.addDelivery(unassignedCosts[first + index] ?? 0);
          simplex.solve();
        });
        expect(simplex.cost()).toBe(solveMinCostAssignment({ arcs, capacities, unassignedCosts }).cost);
      }),
      { numRuns: propertyRuns(50) },
    );
  });

  it.each([[{ agent: 2, cost: 1 }], [{ agent: -1, cost: 1 }], [{ agent: 0, cost: -1 }], [{ agent: 0, cost: 0.5 }]])(
    'rejects the invalid arc %j',
    (arc) => {
      const problem = { arcs: [[arc]], capacities: [1, 1], unassignedCosts: [5] };
      expect(() => solveMinCostAssignment(problem)).toThrow(RangeError);
    },
  );
});

const positions = fc.tuple(
  fc.double({ min: -88, max: -87, noNaN: true }),
  fc.double({ min: 41, max: 42, noNaN: true }),
);
const skills = fc.subarray(['heavy', 'cold', 'signature']);
/** Covers most of the positions, but not all. */
const AREA: [number, number][] = [
  [-88, 41],
  [-87.2, 41],
  [-87.2, 42],
  [-88, 42],
];
const worldOf = (max: { readonly agents: number; readonly deliveries: number }) =>
  fc.record({
    agents: fc.array(
      fc.record({
        position: positions,
        skills,
        vehicle: fc.constantFrom('van', 'bike', undefined),
        count: fc.integer({ min: 0, max: 3 }),
        weightGrams: fc.constantFrom(undefined, 1000, 5000),
        minutes: fc.constantFrom(undefined, 30, 120),
        from: fc.integer({ min: 0, max: 5 }),
        experience: fc.double({ min: 0, max: 1, noNaN: true }),
        declined: fc.subarray(['d0', 'd1', 'd2']),
        area: fc.constantFrom(undefined, AREA),
        expectedFailures: fc.constantFrom(undefined, 0.05, 0.4),
      }),
      { maxLength: max.agents },
    ),
    deliveries: fc.array(
      fc.record({
        position: positions,
        requires: fc.subarray(['heavy', 'cold', 'vehicle:van']),
        priority: fc.integer({ min: 0, max: 100 }),
        weightGrams: fc.integer({ min: 0, max: 6000 }),
        complexity: fc.integer({ min: 1, max: 5 }),
        from: fc.integer({ min: 0, max: 8 }),
        heldBy: fc.constantFrom(undefined, 'a0', 'a1'),
        knownTo: fc.constantFrom(undefined, [], ['a0'], ['a1', 'a2']),
      }),
      { maxLength: max.deliveries },
    ),
  });
const worlds = worldOf({ agents: 4, deliveries: 6 });
/** More agents than the solver evaluates at first. */
const crowds = worldOf({ agents: 60, deliveries: 40 });
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

const build = (world: World): { agents: Agent[]; deliveries: Delivery[] } => ({
  agents: world.agents.map(({ count, weightGrams, minutes, from, ...rest }, index) =>
    agent(`a${index}`, { ...rest, shift: hours(from, from + 5), capacity: { count, weightGrams, minutes } }),
  ),
  deliveries: world.deliveries.map(({ from, ...rest }, index) =>
    delivery(`d${index}`, { ...rest, window: hours(from, from + 2) }),
  ),
});

describe('assign', () => {
  it('never violates a hard constraint, and either assigns each delivery or reports why not', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { agents, deliveries } = build(world);
        const plan = assign({ now, agents, deliveries });
        const ids = [...plan.assignments, ...plan.unassigned].map(({ deliveryId }) => deliveryId);
        expect(ids.sort()).toEqual(deliveries.map(({ id }) => id).sort());
        for (const taker of agents) {
          const own = plan.assignments.filter(({ agentId }) => agentId === taker.id);
          let grams = 0;
          let seconds = 0;
          for (const { deliveryId, cost, terms } of own) {
            const one = deliveries.find(({ id }) => id === deliveryId) ?? delivery('missing');
            const pair = evaluatePair(taker, one, now, DEFAULT_WEIGHTS);
            expect(pair.feasible).toBe(true);
            expect(
              one.requires.filter((need) => !taker.skills.includes(need) && need !== `vehicle:${taker.vehicle}`),
            ).toEqual([]);
            expect(taker.declined).not.toContain(one.id);
            expect(taker.area === undefined || isInside(one.position, taker.area)).toBe(true);
            expect(sum(Object.values(terms))).toBe(cost);
            grams += one.weightGrams ?? 0;
            seconds += pair.feasible ? pair.workSeconds : 0;
          }
          expect(own.length).toBeLessThanOrEqual(taker.capacity.count);
          expect(grams).toBeLessThanOrEqual(taker.capacity.weightGrams ?? Infinity);
          expect(seconds).toBeLessThanOrEqual((taker.capacity.minutes ?? Infinity) * 60);
        }
      }),
      { numRuns: propertyRuns(400) },
    );
  });

  it('finds the same cost as a solver that evaluates every pair', () => {
    fc.assert(
      fc.property(crowds, (world) => {
        const { agents, deliveries } = build(world);
        const takers = agents.map((one) => ({ ...one, capacity: { count: one.capacity.count } }));
        const dense = solveMinCostAssignment({
          arcs: deliveries.map((one) =>
            takers.flatMap((taker, index) => {
              const pair = evaluatePair(taker, one, now, DEFAULT_WEIGHTS);
              return pair.feasible ? [{ agent: index, cost: pairCost(pair) }] : [];
            }),
          ),
          capacities: takers.map(({ capacity }) => capacity.count),
          unassignedCosts: deliveries.map(
            ({ priority }) => DEFAULT_WEIGHTS.unassigned + DEFAULT_WEIGHTS.unassignedByPriority * priority,
          ),
          loadCost: (_, load) => DEFAULT_WEIGHTS.imbalance * load,
        });
        expect(assign({ now, agents: takers, deliveries }).cost).toBe(dense.cost);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it('reports a lower bound, which equals the cost where capacities limit only the number of deliveries', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { agents, deliveries } = build(world);
        const plan = assign({ now, agents, deliveries });
        expect(plan.bound).toBeLessThanOrEqual(plan.cost);
        const counted = agents.map((one) => ({ ...one, capacity: { count: one.capacity.count } }));
        const relaxed = assign({ now, agents: counted, deliveries });
        expect(relaxed.bound).toBe(relaxed.cost);
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.nat()), (world, keys) => {
        const { agents, deliveries } = build(world);
        const shuffle = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        expect(assign({ now, agents: shuffle(agents), deliveries: shuffle(deliveries) })).toEqual(
          assign({ now, agents, deliveries }),
        );
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it('never costs more with one more agent, where capacities limit only the number of deliveries', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { agents, deliveries } = build(world);
        const counted = agents.map((one) => ({ ...one, capacity: { count: one.capacity.count } }));
        const fewer = assign({ now, agents: counted.slice(1), deliveries });
        expect(assign({ now, agents: counted, deliveries }).cost).toBeLessThanOrEqual(fewer.cost);
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it('gives intricate instructions to the experienced agent and says why', () => {
    const plan = assign({
      now,
      agents: [agent('novice', { experience: 0 }), agent('veteran', { experience: 1, position: [-87.62, 41.88] })],
      deliveries: [delivery('d', { complexity: 5 })],
    });
    expect(plan.assignments).toMatchObject([{ agentId: 'veteran', runnerUp: { agentId: 'novice' } }]);
    expect(plan.assignments[0]?.explanation).toMatch(/complexity 5 met by experience 100 %; next best novice/);
  });

  it('keeps a delivery with its agent unless moving it saves more than the churn weight', () => {
    const [near, far] = [agent('near'), agent('far', { position: [-87.67, 41.88] })];
    const held = delivery('d', { heldBy: 'far' });
    const kept = assign({ now, agents: [near, far], deliveries: [held] });
    expect(kept.assignments).toMatchObject([{ agentId: 'far', terms: { churn: 0 }, runnerUp: { agentId: 'near' } }]);
    const distant = agent('far', { position: [-87.9, 41.88] });
    const moved = assign({ now, agents: [near, distant], deliveries: [held] });
    expect(moved.assignments).toMatchObject([{ agentId: 'near', terms: { churn: DEFAULT_WEIGHTS.churn } }]);
    expect(moved.assignments[0]?.explanation).toMatch(/taking it from far adds 10 min/);
  });

  it('uses travel times from the road map, and assigns no agent without a road to the delivery', () => {
    const [near, far] = [agent('near'), agent('far', { position: [-87.7, 41.88] })];
    const ways = (toNear: number): KnownTravelTimes => new Map([['d', new Map([['near', toNear]])]]);
    const plan = (toNear: number) =>
      assign({ now, agents: [near, far], deliveries: [delivery('d')], travelTimes: ways(toNear) });
    expect(plan(60).assignments).toMatchObject([{ agentId: 'near', terms: { travel: 60 } }]);
    // The road leads around the lake.
    expect(plan(3600).assignments).toMatchObject([{ agentId: 'far' }]);
    const alone = assign({ now, agents: [near], deliveries: [delivery('d')], travelTimes: ways(Infinity) });
    expect(alone.unassigned).toMatchObject([{ bindingConstraint: 'zone' }]);
  });

  it('prefers an agent who knows the customer or whose deliveries fail less often, and explains it', () => {
    const both = [agent('a'), agent('b')];
    const known = assign({ now, agents: both, deliveries: [delivery('d', { knownTo: ['b'] })] });
    expect(known.assignments).toMatchObject([{ agentId: 'b', terms: { history: 0 } }]);
    expect(known.assignments[0]?.explanation).toMatch(/knows the customer/);
    const failing = [agent('a', { expectedFailures: 0.3 }), agent('b', { expectedFailures: 0.1 })];
    const reliable = assign({ now, agents: failing, deliveries: [delivery('d')] });
    expect(reliable.assignments).toMatchObject([{ agentId: 'b', terms: { reliability: 180 } }]);
  });

  it('names no runner-up where no other agent may take the delivery', () => {
    const plan = assign({
      now,
      agents: [agent('a', { committed: 2 }), agent('b', { declined: ['d'] })],
      deliveries: [delivery('d')],
    });
    expect(plan.assignments).toMatchObject([{ agentId: 'a', terms: { balance: 120 } }]);
    expect(plan.assignments[0]?.runnerUp).toBeUndefined();
    expect(plan.assignments[0]?.explanation).toMatch(/no other agent may take it/);
  });

  it.each([
    ['skills', agent('a'), delivery('d', { requires: ['cold'] })],
    ['vehicle', agent('a', { vehicle: 'bike' }), delivery('d', { requires: ['vehicle:van'] })],
    ['zone', agent('a', { area: AREA }), delivery('d', { position: [-87.1, 41.5] })],
    ['shift', agent('a', { shift: hours(6, 9) }), delivery('d')],
    ['break', agent('a', { breaks: [hours(2, 4)] }), delivery('d')],
    ['declined', agent('a', { declined: ['d'] }), delivery('d')],
    ['weight', agent('a', { capacity: { count: 1, weightGrams: 10 } }), delivery('d', { weightGrams: 11 })],
    ['volume', agent('a', { capacity: { count: 1, volumeMl: 10 } }), delivery('d', { volumeMl: 11 })],
    ['minutes', agent('a', { capacity: { count: 1, minutes: 1 } }), delivery('d')],
    ['capacity', agent('a', { capacity: { count: 0 } }), delivery('d')],
  ])('names %s as the binding constraint', (constraint, one, another) => {
    expect(assign({ now, agents: [one], deliveries: [another] }).unassigned).toMatchObject([
      { deliveryId: 'd', bindingConstraint: constraint },
    ]);
  });

  it('leaves the delivery of lower priority unassigned where there is capacity for one', () => {
    const plan = assign({
      now,
      agents: [agent('a', { capacity: { count: 1 } })],
      deliveries: [delivery('low', { priority: 1 }), delivery('urgent', { priority: 90 })],
    });
    expect(plan.assignments.map(({ deliveryId }) => deliveryId)).toEqual(['urgent']);
    expect(plan.unassigned).toMatchObject([{ deliveryId: 'low', bindingConstraint: 'capacity' }]);
  });

  it('leaves every delivery unassigned without agents', () => {
    expect(assign({ now, agents: [], deliveries: [delivery('d')] }).unassigned).toMatchObject([
      { bindingConstraint: 'no_agents' },
    ]);
  });
});
