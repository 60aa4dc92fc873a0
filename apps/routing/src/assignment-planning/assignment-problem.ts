import type { Agent } from '#libs/domain/assignment/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import { type AgentLoad, getCurrentAgentId } from '../deliveries/deliveries.module.js';
import { getAvailabilityAt } from '../agents/agents.module.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';

const NO_LOAD: AgentLoad = { count: 0, weightGrams: 0, volumeMl: 0, minutes: 0 };

/** Whether plans include an agent: all agents except those whose absence has no known end. */
export function isPlannable({ availability }: AgentDocument, now: Date): boolean {
  const { state, until } = getAvailabilityAt(availability, now);
  return state === 'available' || until !== undefined;
}

/** Lists the ids of deliveries that the agent declined or that were revoked from the agent. */
export const listDeclined = (agent: AgentDocument, deliveries: readonly DeliveryDocument[]): string[] =>
  deliveries.filter(({ declinedAgentIds }) => declinedAgentIds?.includes(agent._id)).map(({ _id }) => _id);

/**
 * Converts an agent to the solver's input, with the capacity that the agent's current deliveries leave.
 * @param declined ids of deliveries that the solver must not assign to the agent
 * @param expectedFailures expected share of the agent's deliveries that fail, 0 to 1
 */
export function toSolverAgent(
  agent: AgentDocument,
  currentLoad: AgentLoad = NO_LOAD,
  declined: readonly string[] = [],
  expectedFailures = 0,
): Agent {
  const remaining = (limit: number, used: number): number => Math.max(0, limit - used);
  const { count, weightGrams, volumeMl, minutes } = agent.capacity;
  return {
    id: agent._id,
    position: agent.position,
    skills: agent.skills,
    shift: agent.shift,
    furtherShifts: agent.furtherShifts,
    breaks: [...agent.breaks, ...toAbsenceBreaks(agent)],
    experience: agent.experience,
    declined,
    expectedFailures,
    ...(agent.vehicle === undefined ? {} : { vehicle: agent.vehicle }),
    ...(agent.area === undefined ? {} : { area: agent.area }),
    committed: currentLoad.count,
    capacity: {
      count: remaining(count, currentLoad.count),
      ...(weightGrams === undefined ? {} : { weightGrams: remaining(weightGrams, currentLoad.weightGrams) }),
      ...(volumeMl === undefined ? {} : { volumeMl: remaining(volumeMl, currentLoad.volumeMl) }),
      ...(minutes === undefined ? {} : { minutes: remaining(minutes, currentLoad.minutes) }),
    },
  };
}

/** Converts an absence with a known end to a break. */
function toAbsenceBreaks({ availability: { state, since, until } }: AgentDocument): { start: Date; end: Date }[] {
  return state === 'available' || until === undefined ? [] : [{ start: since, end: until }];
}

/** Returns the agents' loads without these deliveries, which a plan may give to other agents. */
export function subtractLoads(
  currentLoads: ReadonlyMap<string, AgentLoad>,
  deliveries: readonly DeliveryDocument[],
): ReadonlyMap<string, AgentLoad> {
  const loads = new Map(currentLoads);
  for (const delivery of deliveries) {
    const agentId = getCurrentAgentId(delivery);
    const load = agentId === undefined ? undefined : loads.get(agentId);
    if (agentId === undefined || !load) continue;
    loads.set(agentId, {
      count: load.count - 1,
      weightGrams: load.weightGrams - (delivery.parcel.weightGrams ?? 0),
      volumeMl: load.volumeMl - (delivery.parcel.volumeMl ?? 0),
      minutes: load.minutes - (delivery.assignment?.minutes ?? 0),
    });
  }
  return loads;
}
