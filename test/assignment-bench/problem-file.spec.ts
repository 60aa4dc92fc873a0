import { toAnswer, median } from '../../bench/assignment/answer.js';
import { greedyCost } from '../../bench/assignment/greedy.js';
import { parseProblem, ProblemFileError } from '../../bench/assignment/problem-file.js';

const arcs = { arcs: [[0, 1, 5]], capacities: [1, 1], unassignedCosts: [9] };
const agent = {
  id: 'a',
  position: [-87.6, 41.9],
  skills: [],
  shift: { start: '2026-03-02T08:00:00Z', end: '2026-03-02T16:00:00Z' },
  capacity: { count: 3 },
  experience: 0.5,
  declined: [],
};

const findErrors = (problem: object): string => {
  try {
    parseProblem(JSON.stringify(problem), 'p.json');
    return 'none';
  } catch (error) {
    if (error instanceof ProblemFileError) return error.message;
    throw error;
  }
};

describe('a problem file', () => {
  it('is a cost matrix or positions of deliveries and agents', () => {
    expect(parseProblem(JSON.stringify(arcs), 'p.json')).toMatchObject({ form: 'arcs', capacities: [1, 1] });
    const problem = { now: '2026-03-02T08:00:00Z', agents: [agent], deliveries: [] };
    expect(parseProblem(JSON.stringify(problem), 'p.json')).toMatchObject({
      form: 'positions',
      now: new Date('2026-03-02T08:00:00Z'),
    });
  });

  it.each<[string, object, RegExp]>([
    ['an unknown field', { ...arcs, speed: 3 }, /speed/],
    ['an unknown agent', { ...arcs, arcs: [[0, 2, 5]] }, /arcs\.0: refers to an unknown delivery or agent/],
    ['a negative cost', { ...arcs, arcs: [[0, 1, -5]] }, /arcs\.0\.2/],
    ['too few loads', { ...arcs, loads: [] }, /loads: must have one entry per delivery/],
    ['positions without agents', { now: '2026-03-02T08:00:00Z', deliveries: [] }, /agents/],
    [
      'an experience above 1',
      { now: '2026-03-02T08:00:00Z', deliveries: [], agents: [{ ...agent, experience: 2 }] },
      /agents\.0\.experience/,
    ],
  ])('with %s is rejected, and the error names it', (_what, problem, error) => {
    expect(findErrors(problem)).toMatch(error);
  });

  it('that is not JSON is rejected with that reason', () => {
    expect(() => parseProblem('{', 'p.json')).toThrow(/p\.json is not valid JSON/);
  });
});

describe('the results of the bench', () => {
  it('the greedy plan gives each delivery in turn to its cheapest agent with room, unless leaving it unassigned is cheaper', () => {
    const problem = {
      capacities: [1, 4],
      unassignedCosts: [10, 10, 3],
      arcs: [
        [0, 0, 1],
        [0, 1, 2],
        [1, 0, 1],
        [1, 1, 9],
        [2, 1, 4],
      ] as [number, number, number][],
    };
    expect(greedyCost(problem)).toBe(1 + 9 + 3);
    expect(greedyCost({ ...problem, loads: [1, 5, 1] })).toBe(1 + 10 + 3);
  });

  it('the answer refers to deliveries and agents by index', () => {
    expect(toAnswer([2, -1, 0], 12, 11, 1.23456)).toEqual({
      assignments: [
        [0, 2],
        [2, 0],
      ],
      unassigned: [1],
      cost: 12,
      bound: 11,
      ms: 1.235,
    });
    expect(median([3, 1, 2])).toBe(2);
  });
});
