import { isInside, travelSeconds } from '#libs/domain/geo/index.js';
import { intersect, lengthMs, subtract, type Interval } from '#libs/domain/time/index.js';
import type { Agent, AssignmentWeights, BindingConstraint, CostTerms, Delivery } from './types.js';

/**
 * The cost terms of a delivery with an agent, in whole seconds, without the balance term, which depends on the whole
 * plan.
 */
export interface FeasiblePair extends Omit<CostTerms, 'balance'> {
  readonly feasible: true;
  /** Seconds of the agent's working minutes that the delivery consumes. */
  readonly workSeconds: number;
}

/** The cost terms of a feasible pair, or the constraints that an infeasible one violates. */
export type PairEvaluation =
  FeasiblePair | { readonly feasible: false; readonly violated: readonly BindingConstraint[] };

/** The cost of a pair in seconds, without balance. */
export const getPairCost = (pair: FeasiblePair): number =>
  pair.travel + pair.experience + pair.lateness + pair.history + pair.reliability + pair.churn;

/** The duration of the hand-over in seconds; it grows linearly with complexity (1 to 5). */
export const toHandlingSeconds = ({ complexity }: Pick<Delivery, 'complexity'>, weights: AssignmentWeights): number =>
  weights.handlingSeconds + weights.handlingSecondsByComplexity * Math.max(0, complexity - 1);

/**
 * Evaluates whether an agent may take a delivery, and at what cost.
 * @param travelTimeSeconds by default estimated from the great-circle distance; `Infinity` makes the pair infeasible by
 *   `zone`
 * @returns the cost terms, or all constraints that are violated
 */
export function evaluatePair(
  agent: Agent,
  delivery: Delivery,
  now: Date,
  weights: AssignmentWeights,
  travelTimeSeconds: number = travelSeconds(agent.position, delivery.position, weights),
): PairEvaluation {
  const handlingSeconds = toHandlingSeconds(delivery, weights);
  const workSeconds = Math.round(travelTimeSeconds + handlingSeconds);
  const start = !Number.isFinite(travelTimeSeconds)
    ? 'zone'
    : findEarliestStart(agent, delivery, now, travelTimeSeconds, handlingSeconds);

  const violated: BindingConstraint[] = [];
  const unmetRequirements = delivery.requires.filter((requirement) => !meetsRequirement(agent, requirement));
  if (unmetRequirements.some((requirement) => !requirement.startsWith('vehicle:'))) violated.push('skills');
  if (unmetRequirements.some((requirement) => requirement.startsWith('vehicle:'))) violated.push('vehicle');
  if (agent.area && !isInside(delivery.position, agent.area)) violated.push('zone');
  if (agent.declined.includes(delivery.id)) violated.push('declined');
  if (!(start instanceof Date)) violated.push(start);
  if ((delivery.weightGrams ?? 0) > (agent.capacity.weightGrams ?? Infinity)) violated.push('weight');
  if ((delivery.volumeMl ?? 0) > (agent.capacity.volumeMl ?? Infinity)) violated.push('volume');
  if (workSeconds > (agent.capacity.minutes ?? Infinity) * 60) violated.push('minutes');
  if (agent.capacity.count < 1) violated.push('capacity');
  if (violated.length > 0 || !(start instanceof Date)) return { feasible: false, violated };

  const lateSeconds = Math.max(0, (start.getTime() - delivery.window.end.getTime()) / 1000);
  const isUnfamiliar =
    delivery.knownTo !== undefined && delivery.knownTo.length > 0 && !delivery.knownTo.includes(agent.id);
  const isMoved = delivery.heldBy !== undefined && delivery.heldBy !== agent.id;
  const difficulty = (1 - agent.experience) * Math.max(0, delivery.complexity - 1);
  return {
    feasible: true,
    travel: Math.round(travelTimeSeconds * weights.travel),
    experience: Math.round(difficulty * weights.inexperience),
    lateness: Math.round(lateSeconds * weights.lateness),
    history: isUnfamiliar ? weights.unfamiliar : 0,
    reliability: Math.round((agent.expectedFailures ?? 0) * weights.failure),
    churn: isMoved ? weights.churn : 0,
    workSeconds,
  };
}

const meetsRequirement = (agent: Agent, requirement: string): boolean =>
  agent.skills.includes(requirement) ||
  (agent.vehicle !== undefined && (requirement === agent.vehicle || requirement === `vehicle:${agent.vehicle}`));

/** Finds the earliest time at which the agent can start in any of their shifts, or the constraint that prevents it. */
function findEarliestStart(
  agent: Agent,
  delivery: Delivery,
  now: Date,
  travelTimeSeconds: number,
  handlingSeconds: number,
): Date | BindingConstraint {
  const starts = [agent.shift, ...(agent.furtherShifts ?? [])].map((shift) =>
    findEarliestStartInShift(shift, agent.breaks ?? [], delivery, now, travelTimeSeconds, handlingSeconds),
  );
  const earliest = starts.find((start) => start instanceof Date);
  return earliest ?? (starts.includes('break') ? 'break' : 'shift');
}

/**
 * Finds the earliest time at which an uninterrupted hand-over can start within a shift and outside breaks, or the
 * constraint that prevents it. The agent must be on duty at some time of the delivery's window. A start after the
 * window only adds cost, but an agent who is off duty during the whole window is infeasible.
 */
function findEarliestStartInShift(
  shift: Interval,
  breaks: readonly Interval[],
  delivery: Delivery,
  now: Date,
  travelTimeSeconds: number,
  handlingSeconds: number,
): Date | BindingConstraint {
  const handlingMs = handlingSeconds * 1000;
  const isLongEnough = (span: Interval): boolean => lengthMs(span) >= handlingMs;
  const onDutyInWindow = intersect([shift], [delivery.window]);
  if (onDutyInWindow.length === 0) return 'shift';
  const workingSpans = subtract([shift], breaks);
  if (!intersect(workingSpans, [delivery.window]).some((span) => lengthMs(span) > 0)) return 'break';

  const departureMs = Math.max(now.getTime(), shift.start.getTime());
  const arrivalMs = Math.max(departureMs + travelTimeSeconds * 1000, delivery.window.start.getTime());
  const reachable = intersect(workingSpans, [{ start: new Date(arrivalMs), end: shift.end }]);
  const span = reachable.find(isLongEnough);
  if (span) return span.start;
  return isLongEnough({ start: new Date(arrivalMs), end: shift.end }) ? 'break' : 'shift';
}
