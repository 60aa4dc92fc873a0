export { ArcTable, type FlowArc } from './transport/arc-table.js';
export { assign } from './assign.js';
export type { LoadArc, LoadProblem, LoadSolution } from './loads/load-problem.js';
export { solveLoads } from './loads/solve-loads.js';
export {
  toHandlingSeconds,
  evaluatePair,
  getPairCost,
  type FeasiblePair,
  type PairEvaluation,
} from './problem/evaluate-pair.js';
export { solveMinCostAssignment, type FlowProblem, type FlowSolution } from './transport/min-cost-assignment.js';
export { TransportSimplex } from './transport/transport-simplex.js';
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
  type KnownTravelTimes,
  type Unassigned,
} from './problem/types.js';
