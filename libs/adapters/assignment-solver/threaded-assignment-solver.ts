import { assign, type AssignmentPlan, type AssignmentProblem } from '#libs/domain/assignment/index.js';
import type { AssignmentSolver } from '#libs/ports/assignment-solver.js';
import { WorkerThread } from '../worker-thread/worker-thread.js';

/**
 * Maximum number of delivery-agent pairs that are solved inline, without the thread. Such a problem takes a few
 * milliseconds, less than starting a thread and transferring the problem.
 */
const MAX_INLINE_PAIRS = 2_000;
/** The same limit when agents have capacities in weight, volume or minutes, which require a search. */
const MAX_INLINE_CAPACITATED_PAIRS = 100;

/** Solves large problems in a worker thread, so that seconds of computation do not block the event loop. */
export class ThreadedAssignmentSolver implements AssignmentSolver {
  private readonly thread = new WorkerThread<AssignmentProblem, AssignmentPlan>({
    name: 'assignment-solver',
    siblingUrl: import.meta.url,
    file: 'worker',
    data: undefined,
    toError: ({ message }, cause) => new Error(message, { cause }),
  });

  async solve(problem: AssignmentProblem): Promise<AssignmentPlan> {
    const pairs = problem.deliveries.length * problem.agents.length;
    const maxPairs = isCapacitated(problem) ? MAX_INLINE_CAPACITATED_PAIRS : MAX_INLINE_PAIRS;
    return pairs <= maxPairs ? assign(problem) : this.thread.request(problem);
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}

const isCapacitated = ({ agents }: AssignmentProblem): boolean =>
  agents.some(({ capacity }) => (capacity.weightGrams ?? capacity.volumeMl ?? capacity.minutes) !== undefined);
