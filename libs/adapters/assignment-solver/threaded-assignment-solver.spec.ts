import { assign, type Agent, type AssignmentProblem, type Delivery } from '#libs/domain/assignment/index.js';
import { ThreadedAssignmentSolver } from './threaded-assignment-solver.js';

const now = new Date('2026-03-02T08:00:00Z');
const day = { start: now, end: new Date(now.getTime() + 8 * 3_600_000) };

function createProblem(deliveries: number, agents: number, weightGrams?: number): AssignmentProblem {
  return {
    now,
    deliveries: Array.from({ length: deliveries }, (_, index): Delivery => ({
      id: `d${index}`,
      position: [-87 + (index % 17) / 100, 41 + (index % 13) / 100],
      requires: [],
      priority: index % 100,
      complexity: 1 + (index % 5),
      window: day,
      weightGrams: 500 + (index % 7) * 400,
    })),
    agents: Array.from({ length: agents }, (_, index): Agent => ({
      id: `a${index}`,
      position: [-87 + (index % 7) / 50, 41 + (index % 5) / 50],
      skills: [],
      shift: day,
      capacity: { count: 4, ...(weightGrams === undefined ? {} : { weightGrams }) },
      experience: (index % 10) / 10,
      declined: [],
    })),
  };
}

describe('ThreadedAssignmentSolver', () => {
  let solver: ThreadedAssignmentSolver;
  beforeEach(() => (solver = new ThreadedAssignmentSolver()));
  afterEach(() => solver.close());

  it.each([
    ['small', createProblem(10, 5)],
    ['large', createProblem(300, 60)],
    ['weight-limited', createProblem(40, 8, 4_000)],
  ])('returns the same plan as the domain for a %s problem', async (_size, problem) => {
    expect(await solver.solve(problem)).toEqual(assign(problem));
  });

  it.each([
    ['large', createProblem(2000, 200)],
    ['small weight-limited', createProblem(90, 6, 4_000)],
  ])('does not block the event loop while it solves a %s problem', async (_size, problem) => {
    let timerCalls = 0;
    const timer = setInterval(() => (timerCalls += 1), 1);
    await solver.solve(problem);
    clearInterval(timer);
    expect(timerCalls).toBeGreaterThan(20);
  });
});
