import { jest } from '@jest/globals';
import fc from 'fast-check';
import { assign, judgePair, solveMinCostAssignment, DEFAULT_WEIGHTS } from './index.js';
import type { Agent, Delivery, FlowProblem } from './index.js';

// Thousands of runs, on machines that may be busy with other suites.
jest.setTimeout(120_000);

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

/** Every plan there is, for small problems. */
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
      { numRuns: 1500 },
    );
  });

  it('solves 400 deliveries for 40 agents in seconds', () => {
    let seed = 7;
    const next = (): number => (seed = (seed * 48271) % 2147483647);
    const arcs = Array.from({ length: 400 }, () =>
      Array.from({ length: 40 }, (_, index) => ({ agent: index, cost: next() % 5000 })),
    );
    const began = performance.now();
    const { agentOf } = solveMinCostAssignment({
      arcs,
      capacities: Array.from({ length: 40 }, () => 10),
      unassignedCosts: arcs.map(() => 100_000),
    });
    expect(agentOf.every((taker) => taker >= 0)).toBe(true);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

const positions = fc.tuple(
  fc.double({ min: -88, max: -87, noNaN: true }),
  fc.double({ min: 41, max: 42, noNaN: true }),
);
const skills = fc.subarray(['heavy', 'cold', 'signature']);
const worlds = fc.record({
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
    }),
    { maxLength: 4 },
  ),
  deliveries: fc.array(
    fc.record({
      position: positions,
      requires: fc.subarray(['heavy', 'cold', 'vehicle:van']),
      priority: fc.integer({ min: 0, max: 100 }),
      weightGrams: fc.integer({ min: 0, max: 6000 }),
      complexity: fc.integer({ min: 1, max: 5 }),
      from: fc.integer({ min: 0, max: 8 }),
    }),
    { maxLength: 6 },
  ),
});
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
  it('never breaks a hard constraint, loses nothing, and explains everything', () => {
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
            const pair = judgePair(taker, one, now, DEFAULT_WEIGHTS);
            expect(pair.feasible).toBe(true);
            expect(
              one.requires.filter((need) => !taker.skills.includes(need) && need !== `vehicle:${taker.vehicle}`),
            ).toEqual([]);
            expect(taker.declined).not.toContain(one.id);
            expect(terms.travel + terms.experience + terms.balance + terms.lateness).toBe(cost);
            grams += one.weightGrams ?? 0;
            seconds += pair.feasible ? pair.workSeconds : 0;
          }
          expect(own.length).toBeLessThanOrEqual(taker.capacity.count);
          expect(grams).toBeLessThanOrEqual(taker.capacity.weightGrams ?? Infinity);
          expect(seconds).toBeLessThanOrEqual((taker.capacity.minutes ?? Infinity) * 60);
        }
      }),
      { numRuns: 400 },
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
      { numRuns: 300 },
    );
  });

  it('never costs more with one more agent, where deliveries only count', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { agents, deliveries } = build(world);
        const counted = agents.map((one) => ({ ...one, capacity: { count: one.capacity.count } }));
        const fewer = assign({ now, agents: counted.slice(1), deliveries });
        expect(assign({ now, agents: counted, deliveries }).cost).toBeLessThanOrEqual(fewer.cost);
      }),
      { numRuns: 300 },
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

  it.each([
    ['skills', agent('a'), delivery('d', { requires: ['cold'] })],
    ['vehicle', agent('a', { vehicle: 'bike' }), delivery('d', { requires: ['vehicle:van'] })],
    ['shift', agent('a', { shift: hours(6, 9) }), delivery('d')],
    ['break', agent('a', { breaks: [hours(2, 4)] }), delivery('d')],
    ['declined', agent('a', { declined: ['d'] }), delivery('d')],
    ['weight', agent('a', { capacity: { count: 1, weightGrams: 10 } }), delivery('d', { weightGrams: 11 })],
    ['volume', agent('a', { capacity: { count: 1, volumeMl: 10 } }), delivery('d', { volumeMl: 11 })],
    ['minutes', agent('a', { capacity: { count: 1, minutes: 1 } }), delivery('d')],
    ['capacity', agent('a', { capacity: { count: 0 } }), delivery('d')],
  ])('names %s as what binds', (constraint, one, another) => {
    expect(assign({ now, agents: [one], deliveries: [another] }).unassigned).toMatchObject([
      { deliveryId: 'd', bindingConstraint: constraint },
    ]);
  });

  it('leaves out the less urgent where there is room for one', () => {
    const plan = assign({
      now,
      agents: [agent('a', { capacity: { count: 1 } })],
      deliveries: [delivery('low', { priority: 1 }), delivery('urgent', { priority: 90 })],
    });
    expect(plan.assignments.map(({ deliveryId }) => deliveryId)).toEqual(['urgent']);
    expect(plan.unassigned).toMatchObject([{ deliveryId: 'low', bindingConstraint: 'capacity' }]);
  });

  it('has nobody to give to without agents', () => {
    expect(assign({ now, agents: [], deliveries: [delivery('d')] }).unassigned).toMatchObject([
      { bindingConstraint: 'no_agents' },
    ]);
  });
});
