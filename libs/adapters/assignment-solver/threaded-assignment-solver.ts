import { assign, type AssignmentPlan, type AssignmentProblem } from '#libs/domain/assignment/index.js';
import type { AssignmentSolver } from '#libs/ports/assignment-solver.js';
import { WorkerThread } from '../worker-thread/worker-thread.js';

/**
 * So many pairs are solved where they are asked for: in some milliseconds, less than handing them over and starting a thread
 * would take. Weights, volumes and minutes are solved by search, which takes longer.
 */
const MOST_PAIRS_HERE = 2_000;
const MOST_WEIGHED_PAIRS_HERE = 100;

/** Solves large problems in a thread of its own: seconds of arithmetic in which the app goes on answering. */
export class ThreadedAssignmentSolver implements AssignmentSolver {
  private readonly thread = new WorkerThread<AssignmentProblem, AssignmentPlan>({
    ...{ name: 'assignment-solver', besides: import.meta.url, file: 'worker', data: undefined },
    asError: ({ message }, cause) => new Error(message, { cause }),
  });

  async solve(problem: AssignmentProblem): Promise<AssignmentPlan> {
    const pairs = problem.deliveries.length * problem.agents.length;
    const most = isWeighed(problem) ? MOST_WEIGHED_PAIRS_HERE : MOST_PAIRS_HERE;
    return pairs <= most ? assign(problem) : this.thread.ask(problem);
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}

const isWeighed = ({ agents }: AssignmentProblem): boolean =>
  agents.some(({ capacity }) => (capacity.weightGrams ?? capacity.volumeMl ?? capacity.minutes) !== undefined);
