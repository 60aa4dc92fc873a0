import fc from 'fast-check';
import { isInside } from '#libs/domain/geo/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  ArcTable,
  assign,
  DEFAULT_WEIGHTS,
  evaluatePair,
  getPairCost,
  solveMinCostAssignment,
  TransportSimplex,
} from './index.js';
import type { Agent, Delivery, FlowProblem, KnownTravelTimes } from './index.js';

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

/** Computes the optimal cost by enumerating all plans of a small problem. */
function enumerateOptimum(problem: FlowProblem): number {
  const loads = problem.capacities.map(() => 0);
  const minCostFrom = (index: number): number => {
    if (index === problem.arcs.length) return 0;
    let minCost = (problem.unassignedCosts[index] ?? 0) + minCostFrom(index + 1);
    for (const { agent: taker, cost } of problem.arcs[index] ?? []) {
      const load = loads[taker] ?? 0;
      if (load >= (problem.capacities[taker] ?? 0)) continue;
      loads[taker] = load + 1;
      minCost = Math.min(minCost, cost + (problem.loadCost?.(taker, load) ?? 0) + minCostFrom(index + 1));
      loads[taker] = load;
    }
    return minCost;
  };
  return minCostFrom(0);
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

/** 20 to 60 deliveries and 1 to 8 agents, with far too much capacity or far too little. */
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
        let planCost = 0;
        agentOf.forEach((taker, index) => {
          if (taker < 0) {
            planCost += problem.unassignedCosts[index] ?? 0;
            return;
          }
          const arc = problem.arcs[index]?.find((candidate) => candidate.agent === taker);
          expect(arc).toBeDefined();
          planCost += (arc?.cost ?? NaN) + (problem.loadCost?.(taker, loads[taker] ?? 0) ?? 0);
          loads[taker] = (loads[taker] ?? 0) + 1;
        });
        loads.forEach((load, taker) => expect(load).toBeLessThanOrEqual(problem.capacities[taker] ?? 0));
        expect(cost).toBe(planCost);
        expect(cost).toBe(enumerateOptimum(problem));
      }),
      { numRuns: propertyRuns(1500) },
    );
  });

  it('finds a plan that its dual solution proves to be optimal, for problems too large to enumerate', () => {
    fc.assert(
      fc.property(largeProblems, ({ arcs, capacities, unassignedCosts }) => {
        const simplex = new TransportSimplex(ArcTable.of(arcs, capacities.length), capacities, unassignedCosts);
        simplex.solve();
        // Weak duality: no plan costs less than the dual objective at any feasible dual values. Equality proves
        // optimality.
        const agentDualValues = capacities.map((capacity, taker) =>
          capacity > 0 ? simplex.agentDualValue(taker) : Infinity,
        );
        expect(Math.min(0, ...agentDualValues)).toBe(0);
        const deliveryDualValues = arcs.map((row, index) =>
          Math.min(
            unassignedCosts[index] ?? 0,
            ...row.map((arc) => arc.cost + (agentDualValues[arc.agent] ?? Infinity)),
          ),
        );
        const capacityCosts = capacities.map((capacity, taker) =>
          capacity > 0 ? capacity * (agentDualValues[taker] ?? 0) : 0,
        );
        expect(simplex.getCost()).toBe(sum(deliveryDualValues) - sum(capacityCosts));
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
        expect(simplex.getCost()).toBe(solveMinCostAssignment({ arcs, capacities, unassignedCosts }).cost);
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
const createInstances = (max: { readonly agents: number; readonly deliveries: number }) =>
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
const instances = createInstances({ agents: 4, deliveries: 6 });
/** More agents than the solver evaluates at first. */
const crowds = createInstances({ agents: 60, deliveries: 40 });
type Instance = typeof instances extends fc.Arbitrary<infer T> ? T : never;

const toProblem = (instance: Instance): { agents: Agent[]; deliveries: Delivery[] } => ({
  agents: instance.agents.map(({ count, weightGrams, minutes, from, ...rest }, index) =>
    agent(`a${index}`, { ...rest, shift: hours(from, from + 5), capacity: { count, weightGrams, minutes } }),
  ),
  deliveries: instance.deliveries.map(({ from, ...rest }, index) =>
    delivery(`d${index}`, { ...rest, window: hours(from, from + 2) }),
  ),
});

describe('assign', () => {
  it('never violates a hard constraint, and either assigns each delivery or reports why not', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const { agents, deliveries } = toProblem(instance);
        const plan = assign({ now, agents, deliveries });
        const ids = [...plan.assignments, ...plan.unassigned].map(({ deliveryId }) => deliveryId);
        expect(ids.sort()).toEqual(deliveries.map(({ id }) => id).sort());
        for (const taker of agents) {
          const agentAssignments = plan.assignments.filter(({ agentId }) => agentId === taker.id);
          let grams = 0;
          let seconds = 0;
          for (const { deliveryId, cost, terms } of agentAssignments) {
            const assignedDelivery = deliveries.find(({ id }) => id === deliveryId) ?? delivery('missing');
            const pair = evaluatePair(taker, assignedDelivery, now, DEFAULT_WEIGHTS);
            expect(pair.feasible).toBe(true);
            expect(
              assignedDelivery.requires.filter(
                (need) => !taker.skills.includes(need) && need !== `vehicle:${taker.vehicle}`,
              ),
            ).toEqual([]);
            expect(taker.declined).not.toContain(assignedDelivery.id);
            expect(taker.area === undefined || isInside(assignedDelivery.position, taker.area)).toBe(true);
            expect(sum(Object.values(terms))).toBe(cost);
            grams += assignedDelivery.weightGrams ?? 0;
            seconds += pair.feasible ? pair.workSeconds : 0;
          }
          expect(agentAssignments.length).toBeLessThanOrEqual(taker.capacity.count);
          expect(grams).toBeLessThanOrEqual(taker.capacity.weightGrams ?? Infinity);
          expect(seconds).toBeLessThanOrEqual((taker.capacity.minutes ?? Infinity) * 60);
        }
      }),
      { numRuns: propertyRuns(400) },
    );
  });

  it('finds the same cost as a solver that evaluates every pair', () => {
    fc.assert(
      fc.property(crowds, (instance) => {
        const { agents, deliveries } = toProblem(instance);
        const takers = agents.map((original) => ({ ...original, capacity: { count: original.capacity.count } }));
        const referencePlan = solveMinCostAssignment({
          arcs: deliveries.map((candidate) =>
            takers.flatMap((taker, index) => {
              const pair = evaluatePair(taker, candidate, now, DEFAULT_WEIGHTS);
              return pair.feasible ? [{ agent: index, cost: getPairCost(pair) }] : [];
            }),
          ),
          capacities: takers.map(({ capacity }) => capacity.count),
          unassignedCosts: deliveries.map(
            ({ priority }) => DEFAULT_WEIGHTS.unassigned + DEFAULT_WEIGHTS.unassignedByPriority * priority,
          ),
          loadCost: (_, load) => DEFAULT_WEIGHTS.imbalance * load,
        });
        expect(assign({ now, agents: takers, deliveries }).cost).toBe(referencePlan.cost);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it('reports a lower bound, which equals the cost where capacities limit only the number of deliveries', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const { agents, deliveries } = toProblem(instance);
        const plan = assign({ now, agents, deliveries });
        expect(plan.bound).toBeLessThanOrEqual(plan.cost);
        const countLimitedAgents = agents.map((original) => ({
          ...original,
          capacity: { count: original.capacity.count },
        }));
        const planByCount = assign({ now, agents: countLimitedAgents, deliveries });
        expect(planByCount.bound).toBe(planByCount.cost);
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(instances, fc.infiniteStream(fc.nat()), (instance, keys) => {
        const { agents, deliveries } = toProblem(instance);
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
      fc.property(instances, (instance) => {
        const { agents, deliveries } = toProblem(instance);
        const countLimitedAgents = agents.map((original) => ({
          ...original,
          capacity: { count: original.capacity.count },
        }));
        const planWithFewerAgents = assign({ now, agents: countLimitedAgents.slice(1), deliveries });
        expect(assign({ now, agents: countLimitedAgents, deliveries }).cost).toBeLessThanOrEqual(
          planWithFewerAgents.cost,
        );
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
    const heldDelivery = delivery('d', { heldBy: 'far' });
    const keptPlan = assign({ now, agents: [near, far], deliveries: [heldDelivery] });
    expect(keptPlan.assignments).toMatchObject([
      { agentId: 'far', terms: { churn: 0 }, runnerUp: { agentId: 'near' } },
    ]);
    const distant = agent('far', { position: [-87.9, 41.88] });
    const movedPlan = assign({ now, agents: [near, distant], deliveries: [heldDelivery] });
    expect(movedPlan.assignments).toMatchObject([{ agentId: 'near', terms: { churn: DEFAULT_WEIGHTS.churn } }]);
    expect(movedPlan.assignments[0]?.explanation).toMatch(/taking it from far adds 10 min/);
  });

  it('uses travel times from the road map, and assigns no agent without a road to the delivery', () => {
    const [near, far] = [agent('near'), agent('far', { position: [-87.7, 41.88] })];
    const toTravelTimes = (toNear: number): KnownTravelTimes => new Map([['d', new Map([['near', toNear]])]]);
    const plan = (toNear: number) =>
      assign({ now, agents: [near, far], deliveries: [delivery('d')], travelTimes: toTravelTimes(toNear) });
    expect(plan(60).assignments).toMatchObject([{ agentId: 'near', terms: { travel: 60 } }]);
    // The road to the nearer agent is a long detour.
    expect(plan(3600).assignments).toMatchObject([{ agentId: 'far' }]);
    const planWithoutRoad = assign({
      now,
      agents: [near],
      deliveries: [delivery('d')],
      travelTimes: toTravelTimes(Infinity),
    });
    expect(planWithoutRoad.unassigned).toMatchObject([{ bindingConstraint: 'zone' }]);
  });

  it('prefers an agent who knows the customer or whose deliveries fail less often, and explains it', () => {
    const twoAgents = [agent('a'), agent('b')];
    const familiarPlan = assign({ now, agents: twoAgents, deliveries: [delivery('d', { knownTo: ['b'] })] });
    expect(familiarPlan.assignments).toMatchObject([{ agentId: 'b', terms: { history: 0 } }]);
    expect(familiarPlan.assignments[0]?.explanation).toMatch(/knows the customer/);
    const agentsByFailures = [agent('a', { expectedFailures: 0.3 }), agent('b', { expectedFailures: 0.1 })];
    const reliablePlan = assign({ now, agents: agentsByFailures, deliveries: [delivery('d')] });
    expect(reliablePlan.assignments).toMatchObject([{ agentId: 'b', terms: { reliability: 180 } }]);
  });

  it('does not name a runner-up if no other agent may take the delivery', () => {
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
  ])('names %s as the binding constraint', (constraint, onlyAgent, onlyDelivery) => {
    expect(assign({ now, agents: [onlyAgent], deliveries: [onlyDelivery] }).unassigned).toMatchObject([
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
