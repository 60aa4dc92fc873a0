import type { AssignmentPlan, AssignmentProblem } from '#libs/domain/assignment/index.js';

/** Solves assignment problems without holding up whoever asks. */
export abstract class AssignmentSolver {
  /** As `assign` does. */
  abstract solve(problem: AssignmentProblem): Promise<AssignmentPlan>;
  abstract close(): Promise<void>;
}
