import type { AssignmentPlan, AssignmentProblem } from '#libs/domain/assignment/index.js';

/** Solves assignment problems without holding up whoever asks. */
export interface AssignmentSolver {
  /** As `assign` does. */
  solve(problem: AssignmentProblem): Promise<AssignmentPlan>;
  close(): Promise<void>;
}

export const ASSIGNMENT_SOLVER = Symbol('ASSIGNMENT_SOLVER');
