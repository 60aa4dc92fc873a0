import type { SolvedProblem } from './solved-problem.js';
import type { Agent, Assignment, BindingConstraint, CostTerms, Delivery, Unassigned } from './problem/types.js';

interface AssignedParts {
  readonly agent: Agent;
  readonly delivery: Delivery;
  readonly terms: CostTerms;
  readonly cost: number;
  readonly runnerUp: Assignment['runnerUp'];
}

const formatMinutes = (seconds: number): string => `${Math.round(seconds / 60)} min`;

/**
 * Explains to a dispatcher why this agent was chosen, which terms add to the cost, and which agent is the runner-up.
 */
export function explainAssigned({ agent, delivery, terms, cost, runnerUp }: AssignedParts): string {
  const parts = [`${formatMinutes(terms.travel)} away`];
  if (delivery.complexity >= 3) {
    const experience = `experience ${Math.round(agent.experience * 100)} %`;
    parts.push(`instructions of complexity ${delivery.complexity} met by ${experience}`);
  }
  if (terms.balance > 0) parts.push(`workload adds ${formatMinutes(terms.balance)}`);
  if (terms.lateness > 0) parts.push(`lateness adds ${formatMinutes(terms.lateness)}`);
  if (delivery.knownTo?.includes(agent.id)) parts.push('knows the customer');
  if (terms.history > 0) parts.push(`not knowing the customer adds ${formatMinutes(terms.history)}`);
  if (terms.reliability > 0) parts.push(`expected failures add ${formatMinutes(terms.reliability)}`);
  if (terms.churn > 0) parts.push(`taking it from ${delivery.heldBy} adds ${formatMinutes(terms.churn)}`);
  const nextBest = !runnerUp
    ? 'no other agent may take it'
    : runnerUp.cost >= cost
      ? `next best ${runnerUp.agentId}, ${formatMinutes(runnerUp.cost - cost)} worse`
      : `${runnerUp.agentId} alone would cost ${formatMinutes(cost - runnerUp.cost)} less, but serves the whole plan better elsewhere`;
  return `${agent.id}: ${parts.join(', ')}; ${nextBest}`;
}

const REASONS: Readonly<Record<BindingConstraint, string>> = {
  skills: 'no agent has the skills it requires',
  vehicle: 'no agent has the vehicle it requires',
  zone: 'no agent delivers to its address or can reach it',
  shift: 'no agent is on duty in its window with time to get there',
  break: 'the agents on duty in its window are on a break',
  declined: 'the agents who could take it declined',
  weight: 'it is too heavy for what the agents can still carry',
  volume: 'it is too large for what the agents can still carry',
  minutes: 'the agents have too few working minutes left',
  capacity: 'the agents who could take it are full with deliveries that matter more',
  no_agents: 'there are no agents',
};

/** Names the constraint that would have to be relaxed first for the delivery to be assigned. */
export function explainUnassigned(
  { pairs }: SolvedProblem,
  delivery: number,
  finalLoads: readonly number[],
): Omit<Unassigned, 'deliveryId'> {
  const { agents, deliveries } = pairs;
  const evaluations = agents.map((_, agent) => pairs.evaluate(delivery, agent));
  if (agents.length === 0) return toReason('no_agents');
  const feasibleAgents = agents.filter((_, agent) => evaluations[agent]?.feasible);
  if (feasibleAgents.length > 0) {
    const facts = deliveries[delivery];
    const hasRoom = agents.some(
      ({ capacity }, agent) => evaluations[agent]?.feasible && (finalLoads[agent] ?? 0) < capacity.count,
    );
    // An agent can take one more delivery, so weight, volume or working minutes bind.
    if (hasRoom && facts) return toReason(findScarceMeasure(feasibleAgents, facts));
    return toReason('capacity');
  }
  // The agents who violate the fewest constraints are the closest to feasible: the constraint that most of them violate
  // is the binding one.
  const violations = evaluations.flatMap((pair) => (pair.feasible ? [] : [pair.violated]));
  const minViolations = Math.min(...violations.map((violated) => violated.length));
  const counts = new Map<BindingConstraint, number>();
  for (const violated of violations.filter(({ length }) => length === minViolations)) {
    for (const constraint of violated) counts.set(constraint, (counts.get(constraint) ?? 0) + 1);
  }
  const [binding] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['capacity' as const];
  return toReason(binding);
}

const toReason = (bindingConstraint: BindingConstraint): Omit<Unassigned, 'deliveryId'> => ({
  bindingConstraint,
  explanation: `Unassigned: ${REASONS[bindingConstraint]}`,
});

function findScarceMeasure(feasibleAgents: readonly Agent[], { weightGrams, volumeMl }: Delivery): BindingConstraint {
  if (weightGrams && feasibleAgents.some(({ capacity }) => capacity.weightGrams !== undefined)) return 'weight';
  if (volumeMl && feasibleAgents.some(({ capacity }) => capacity.volumeMl !== undefined)) return 'volume';
  return feasibleAgents.some(({ capacity }) => capacity.minutes !== undefined) ? 'minutes' : 'capacity';
}
