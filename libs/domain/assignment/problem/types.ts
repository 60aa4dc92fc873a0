import { DEFAULT_TRAVEL, type Position, type TravelModel } from '#libs/domain/geo/index.js';
import type { Interval } from '#libs/domain/time/index.js';

/** An agent's remaining capacity. An absent measure is unlimited. */
export interface Capacity {
  /** Number of deliveries. */
  readonly count: number;
  readonly weightGrams?: number | undefined;
  readonly volumeMl?: number | undefined;
  /** Working minutes, for travel and hand-over. */
  readonly minutes?: number | undefined;
}

/** The facts about an agent that the assignment uses. */
export interface Agent {
  readonly id: string;
  readonly position: Position;
  readonly skills: readonly string[];
  readonly shift: Interval;
  /** Shifts after the first, in ascending order. */
  readonly furtherShifts?: readonly Interval[] | undefined;
  readonly breaks?: readonly Interval[] | undefined;
  /** A kind of vehicle such as `van` or `bike`. */
  readonly vehicle?: string | undefined;
  readonly capacity: Capacity;
  /** 0 (new) to 1 (most experienced). */
  readonly experience: number;
  /** Ids of the deliveries that the agent declined. */
  readonly declined: readonly string[];
  /** Deliveries already committed today; they count toward balance. */
  readonly committed?: number | undefined;
  /** The area the agent serves, as the vertices of a polygon; unlimited when absent. */
  readonly area?: readonly Position[] | undefined;
  /** 0 to 1: the share of the agent's deliveries that is expected to fail. Default 0. */
  readonly expectedFailures?: number | undefined;
}

/** The facts about a delivery that the assignment uses. */
export interface Delivery {
  readonly id: string;
  readonly position: Position;
  /** Required skills and kinds of vehicle (`KIND` or `vehicle:KIND`); the agent must have all of them. */
  readonly requires: readonly string[];
  /** 0 to 100; sets the penalty of leaving the delivery unassigned. */
  readonly priority: number;
  readonly weightGrams?: number | undefined;
  readonly volumeMl?: number | undefined;
  /** 1 (plain) to 5 (intricate instructions). */
  readonly complexity: number;
  /** The hand-over cannot start earlier. A later start costs `lateness`. */
  readonly window: Interval;
  /** The agent who has the delivery now. A better plan may move it. */
  readonly heldBy?: string | undefined;
  /** Ids of the agents who have delivered to this customer before. */
  readonly knownTo?: readonly string[] | undefined;
}

/** The weights of the cost model. Every cost is in seconds of work. */
export interface AssignmentWeights extends TravelModel {
  /** Cost per second of travel. */
  readonly travel: number;
  /** Cost per step of complexity above 1, for an agent with no experience. */
  readonly inexperience: number;
  /** Increase of the balance cost from one delivery of an agent to the next. */
  readonly imbalance: number;
  /** Cost per second that the hand-over starts after the end of the window. */
  readonly lateness: number;
  /** Cost where another agent knows the customer and this one does not. */
  readonly unfamiliar: number;
  /** Cost of a failed delivery, multiplied by the agent's `expectedFailures`. */
  readonly failure: number;
  /** Cost of moving a delivery away from the agent who holds it, so that small gains do not change the plan. */
  readonly churn: number;
  /** Hand-over time in seconds at complexity 1. */
  readonly handlingSeconds: number;
  /** Additional hand-over time in seconds per step of complexity above 1. */
  readonly handlingSecondsByComplexity: number;
  /** Penalty of leaving a delivery of priority 0 unassigned. */
  readonly unassigned: number;
  /** Additional penalty per point of priority. */
  readonly unassignedByPriority: number;
}

/** The default weights, which an organization can override. */
export const DEFAULT_WEIGHTS: AssignmentWeights = {
  ...DEFAULT_TRAVEL,
  travel: 1,
  inexperience: 240,
  imbalance: 60,
  lateness: 2,
  unfamiliar: 120,
  failure: 1_800,
  churn: 600,
  handlingSeconds: 240,
  handlingSecondsByComplexity: 60,
  unassigned: 100_000,
  unassignedByPriority: 1_000,
};

/** The terms of a cost, in seconds; their sum is the cost. */
export interface CostTerms {
  readonly travel: number;
  readonly experience: number;
  readonly balance: number;
  readonly lateness: number;
  /** Penalty if other agents know the customer and this one does not. */
  readonly history: number;
  /** The expected cost of failures of this agent. */
  readonly reliability: number;
  /** Penalty for moving the delivery away from another agent. */
  readonly churn: number;
}

/** The constraint because of which a delivery is unassigned. */
export type BindingConstraint =
  | 'skills'
  | 'vehicle'
  | 'zone'
  | 'shift'
  | 'break'
  | 'declined'
  | 'weight'
  | 'volume'
  | 'minutes'
  | 'capacity'
  | 'no_agents';

/** A delivery with its chosen agent. */
export interface Assignment {
  readonly deliveryId: string;
  readonly agentId: string;
  /** In seconds, including the balance term. */
  readonly cost: number;
  readonly terms: CostTerms;
  /** Working seconds: travel and hand-over. */
  readonly workSeconds: number;
  /** The next best agent, and the cost in seconds of adding the delivery to their final load. */
  readonly runnerUp?: { readonly agentId: string; readonly cost: number };
  readonly explanation: string;
}

/** A delivery that no agent takes. */
export interface Unassigned {
  readonly deliveryId: string;
  readonly bindingConstraint: BindingConstraint;
  readonly explanation: string;
}

/** The result of an assignment. */
export interface AssignmentPlan {
  /** In the order of delivery ids. */
  readonly assignments: readonly Assignment[];
  /** In the order of delivery ids. */
  readonly unassigned: readonly Unassigned[];
  /** Total cost in seconds, including the penalties of unassigned deliveries. */
  readonly cost: number;
  /**
   * A lower bound on the cost of any feasible plan; equals `cost` where capacities limit only the number of deliveries.
   */
  readonly bound: number;
}

/** Travel times in seconds from a road map, by delivery id and agent id; `Infinity` where there is no road. */
export type KnownTravelTimes = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The input of an assignment. */
export interface AssignmentProblem {
  readonly now: Date;
  readonly deliveries: readonly Delivery[];
  readonly agents: readonly Agent[];
  readonly weights?: Partial<AssignmentWeights> | undefined;
  /** Pairs without an entry are estimated from the great-circle distance. */
  readonly travelTimes?: KnownTravelTimes | undefined;
}
