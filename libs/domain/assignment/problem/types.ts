import { TOWN_TRAVEL, type Position, type TravelModel } from '#libs/domain/geo/index.js';
import type { Interval } from '#libs/domain/time/index.js';

/** What an agent can still take; an absent measure is unlimited. */
export interface Capacity {
  readonly count: number;
  readonly weightGrams?: number | undefined;
  readonly volumeMl?: number | undefined;
  /** Working minutes: travel there and handling. */
  readonly minutes?: number | undefined;
}

export interface Agent {
  readonly id: string;
  readonly position: Position;
  readonly skills: readonly string[];
  readonly shift: Interval;
  /** Shifts after the first, in order. */
  readonly furtherShifts?: readonly Interval[] | undefined;
  readonly breaks?: readonly Interval[] | undefined;
  /** A kind of vehicle such as `van` or `bike`. */
  readonly vehicle?: string | undefined;
  readonly capacity: Capacity;
  /** 0 new – 1 most experienced. */
  readonly experience: number;
  /** Ids of deliveries this agent does not take. */
  readonly declined: readonly string[];
  /** Deliveries already committed today; counts for balance. */
  readonly committed?: number | undefined;
  /** Where they deliver: a ring of positions; everywhere unless given. */
  readonly area?: readonly Position[] | undefined;
  /** 0–1, the share of their deliveries that is expected to go wrong; 0 unless known. */
  readonly expectedFailures?: number | undefined;
}

export interface Delivery {
  readonly id: string;
  readonly position: Position;
  /** Skills, and kinds of vehicle as `KIND` or `vehicle:KIND`; the agent must have all of them. */
  readonly requires: readonly string[];
  /** 0–100; prices leaving it unassigned. */
  readonly priority: number;
  readonly weightGrams?: number | undefined;
  readonly volumeMl?: number | undefined;
  /** 1 plain – 5 intricate instructions. */
  readonly complexity: number;
  /** When it must be handed over. */
  readonly window: Interval;
  /** The agent who has it, and may be spared it for a better plan. */
  readonly heldBy?: string | undefined;
  /** Agents who have delivered to this customer before. */
  readonly knownTo?: readonly string[] | undefined;
}

/** The cost model; every cost is in seconds of work. */
export interface AssignmentWeights extends TravelModel {
  /** Seconds that travel costs, by second of travel. */
  readonly travel: number;
  /** Seconds by complexity step beyond 1 that an agent without experience loses. */
  readonly inexperience: number;
  /** Seconds that each delivery costs more than the one before it with the same agent. */
  readonly imbalance: number;
  /** Seconds that each second of beginning after the window's end costs. */
  readonly lateness: number;
  /** Seconds that an agent loses where somebody else knows the customer. */
  readonly unfamiliar: number;
  /** Seconds that a delivery costs that goes wrong. */
  readonly failure: number;
  /** Seconds that taking a delivery from the agent who has it costs: plans are kept unless another is really better. */
  readonly churn: number;
  /** Handling seconds of a plain delivery, and of each complexity step beyond. */
  readonly handlingSeconds: number;
  readonly handlingSecondsByComplexity: number;
  /** What it costs to leave a delivery of priority 0 unassigned, and each point of priority beyond. */
  readonly unassigned: number;
  readonly unassignedByPriority: number;
}

export const DEFAULT_WEIGHTS: AssignmentWeights = {
  ...TOWN_TRAVEL,
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

/** The parts of a cost, in seconds; they add up to it. */
export interface CostTerms {
  readonly travel: number;
  readonly experience: number;
  readonly balance: number;
  readonly lateness: number;
  /** Others know the customer, this agent does not. */
  readonly history: number;
  /** How often deliveries of this agent go wrong. */
  readonly reliability: number;
  /** Somebody else has it already. */
  readonly churn: number;
}

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

export interface Assignment {
  readonly deliveryId: string;
  readonly agentId: string;
  readonly cost: number;
  readonly terms: CostTerms;
  /** Working seconds: the way there and the hand-over. */
  readonly workSeconds: number;
  /** The next best agent, had the chosen one not been there. */
  readonly runnerUp?: { readonly agentId: string; readonly cost: number };
  readonly explanation: string;
}

export interface Unassigned {
  readonly deliveryId: string;
  readonly bindingConstraint: BindingConstraint;
  readonly explanation: string;
}

export interface AssignmentPlan {
  /** By delivery id. */
  readonly assignments: readonly Assignment[];
  /** By delivery id. */
  readonly unassigned: readonly Unassigned[];
  /** Of the whole plan in seconds, with the price of what stays unassigned. */
  readonly cost: number;
  /** No plan costs less; the cost itself where deliveries only count. */
  readonly bound: number;
}

/** Seconds on the way as a map knows them, by delivery and agent; `Infinity` where no road leads. */
export type KnownWays = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface AssignmentProblem {
  readonly now: Date;
  readonly deliveries: readonly Delivery[];
  readonly agents: readonly Agent[];
  readonly weights?: Partial<AssignmentWeights> | undefined;
  /** Of other pairs the great circle says how long the way is. */
  readonly ways?: KnownWays | undefined;
}
