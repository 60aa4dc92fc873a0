import type { AssignmentPlan, AssignmentProblem } from '#libs/domain/assignment/index.js';

/** Solves assignment problems without blocking the caller's event loop. */
export abstract class AssignmentSolver {
  /** Returns the same plan as `assign`. */
  abstract solve(problem: AssignmentProblem): Promise<AssignmentPlan>;
  /** Stops the solver's threads or processes. */
  abstract close(): Promise<void>;
}
