import { isInside, travelSeconds } from '#libs/domain/geo/index.js';
import { intersect, lengthMs, subtract, type Interval } from '#libs/domain/time/index.js';
import type { Agent, AssignmentWeights, BindingConstraint, CostTerms, Delivery } from './types.js';

/** What one agent costs for one delivery apart from how busy the agent is, in whole seconds. */
export interface FeasiblePair extends Omit<CostTerms, 'balance'> {
  readonly feasible: true;
  /** Working seconds that it takes of the agent's minutes. */
  readonly workSeconds: number;
}

export type PairJudgement =
  FeasiblePair | { readonly feasible: false; readonly violated: readonly BindingConstraint[] };

/** What a pair costs in all. */
export const pairCost = (pair: FeasiblePair): number =>
  pair.travel + pair.experience + pair.lateness + pair.history + pair.reliability + pair.churn;

/** How long the hand-over takes: what is more intricate takes longer. */
export const handlingSecondsOf = ({ complexity }: Pick<Delivery, 'complexity'>, weights: AssignmentWeights): number =>
  weights.handlingSeconds + weights.handlingSecondsByComplexity * Math.max(0, complexity - 1);

/**
 * Whether an agent may take a delivery at all, and what it costs.
 * @param onTheWay seconds, where they are known better than by the great circle
 */
export function judgePair(
  agent: Agent,
  delivery: Delivery,
  now: Date,
  weights: AssignmentWeights,
  onTheWay: number = travelSeconds(agent.position, delivery.position, weights),
): PairJudgement {
  const handlingSeconds = handlingSecondsOf(delivery, weights);
  const workSeconds = Math.round(onTheWay + handlingSeconds);
  const begin = !Number.isFinite(onTheWay) ? 'zone' : earliestBegin(agent, delivery, now, onTheWay, handlingSeconds);

  const violated: BindingConstraint[] = [];
  const missing = delivery.requires.filter((requirement) => !has(agent, requirement));
  if (missing.some((requirement) => !requirement.startsWith('vehicle:'))) violated.push('skills');
  if (missing.some((requirement) => requirement.startsWith('vehicle:'))) violated.push('vehicle');
  if (agent.area && !isInside(delivery.position, agent.area)) violated.push('zone');
  if (agent.declined.includes(delivery.id)) violated.push('declined');
  if (!(begin instanceof Date)) violated.push(begin);
  if ((delivery.weightGrams ?? 0) > (agent.capacity.weightGrams ?? Infinity)) violated.push('weight');
  if ((delivery.volumeMl ?? 0) > (agent.capacity.volumeMl ?? Infinity)) violated.push('volume');
  if (workSeconds > (agent.capacity.minutes ?? Infinity) * 60) violated.push('minutes');
  if (agent.capacity.count < 1) violated.push('capacity');
  if (violated.length > 0 || !(begin instanceof Date)) return { feasible: false, violated };

  const lateSeconds = Math.max(0, (begin.getTime() - delivery.window.end.getTime()) / 1000);
  const isStranger =
    delivery.knownTo !== undefined && delivery.knownTo.length > 0 && !delivery.knownTo.includes(agent.id);
  const isMoved = delivery.heldBy !== undefined && delivery.heldBy !== agent.id;
  const difficulty = (1 - agent.experience) * Math.max(0, delivery.complexity - 1);
  return {
    feasible: true,
    travel: Math.round(onTheWay * weights.travel),
    experience: Math.round(difficulty * weights.inexperience),
    lateness: Math.round(lateSeconds * weights.lateness),
    history: isStranger ? weights.unfamiliar : 0,
    reliability: Math.round((agent.expectedFailures ?? 0) * weights.failure),
    churn: isMoved ? weights.churn : 0,
    workSeconds,
  };
}

const has = (agent: Agent, requirement: string): boolean =>
  agent.skills.includes(requirement) ||
  (agent.vehicle !== undefined && (requirement === agent.vehicle || requirement === `vehicle:${agent.vehicle}`));

/** The earliest instant at which the agent can begin in any of their shifts; or what comes closest to allowing it. */
function earliestBegin(
  agent: Agent,
  delivery: Delivery,
  now: Date,
  onTheWay: number,
  handlingSeconds: number,
): Date | BindingConstraint {
  const begins = [agent.shift, ...(agent.furtherShifts ?? [])].map((shift) =>
    earliestBeginIn(shift, agent.breaks ?? [], delivery, now, onTheWay, handlingSeconds),
  );
  const found = begins.find((begin) => begin instanceof Date);
  return found ?? (begins.includes('break') ? 'break' : 'shift');
}

/**
 * The earliest instant at which the hand-over can begin in one piece within a shift, outside breaks; or what prevents it.
 * The shift must leave room for it within the delivery's window: a late arrival costs, an agent who is not on duty then is
 * no agent for it.
 */
function earliestBeginIn(
  shift: Interval,
  breaks: readonly Interval[],
  delivery: Delivery,
  now: Date,
  onTheWay: number,
  handlingSeconds: number,
): Date | BindingConstraint {
  const handlingMs = handlingSeconds * 1000;
  const fits = (span: Interval): boolean => lengthMs(span) >= handlingMs;
  const onDutyInWindow = intersect([shift], [delivery.window]);
  if (onDutyInWindow.length === 0) return 'shift';
  const working = subtract([shift], breaks);
  if (!intersect(working, [delivery.window]).some((span) => lengthMs(span) > 0)) return 'break';

  const leave = Math.max(now.getTime(), shift.start.getTime());
  const arrival = Math.max(leave + onTheWay * 1000, delivery.window.start.getTime());
  const reachable = intersect(working, [{ start: new Date(arrival), end: shift.end }]);
  const span = reachable.find(fits);
  if (span) return span.start;
  return fits({ start: new Date(arrival), end: shift.end }) ? 'break' : 'shift';
}
