export { ArcTable, type FlowArc } from './arc-table.js';
export { assign } from './assign.js';
export type { LoadArc, LoadProblem, LoadSolution } from './load-problem.js';
export { solveLoads } from './solve-loads.js';
export { handlingSecondsOf, judgePair, pairCost, type FeasiblePair, type PairJudgement } from './judge-pair.js';
export { solveMinCostAssignment, type FlowProblem, type FlowSolution } from './min-cost-assignment.js';
export { TransportSimplex } from './transport-simplex.js';
export {
  DEFAULT_WEIGHTS,
  type Agent,
  type Assignment,
  type AssignmentPlan,
  type AssignmentProblem,
  type AssignmentWeights,
  type BindingConstraint,
  type Capacity,
  type CostTerms,
  type Delivery,
  type KnownWays,
  type Unassigned,
} from './types.js';
