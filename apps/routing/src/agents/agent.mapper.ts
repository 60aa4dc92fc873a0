import type { Agent, AgentFacts, AgentLocation, AreaCorner, Availability } from '#libs/contracts/index.js';
import type { AgentLocationDocument } from '#libs/persistence/schemas/routing/agent-locations.js';
import type { AgentDocument, StoredAvailability } from '#libs/persistence/schemas/routing/agents.js';
import type { StoredWindow } from '#libs/persistence/schemas/routing/deliveries.js';
import { toTimeWindow } from '../deliveries/deliveries.module.js';

/** Converts the corners of an area to a ring of coordinates. */
export const toRing = (area: readonly AreaCorner[]): [number, number][] => area.map(({ position }) => position);

type Shifts = Pick<AgentDocument, 'shift' | 'furtherShifts'>;

export const listShifts = ({ shift, furtherShifts }: Shifts): StoredWindow[] => [shift, ...furtherShifts];

/** Returns the current shift, else the next one, else the last one. */
function getCurrentShift(agent: Shifts, now: Date): StoredWindow {
  const shifts = listShifts(agent);
  return shifts.find(({ end }) => end > now) ?? shifts.at(-1) ?? agent.shift;
}

/** Converts an agent to the details that events carry and other apps store. */
export function toAgentFacts(
  document: Omit<AgentDocument, 'organizationId' | 'revision' | 'sequence'>,
  now: Date,
): AgentFacts {
  const { name, phone, position, skills, capacity, experience, vehicle, area } = document;
  return {
    agentId: document._id,
    name,
    phone,
    position,
    skills,
    capacity,
    experience,
    ...(vehicle === undefined ? {} : { vehicle }),
    ...(area === undefined ? {} : { area: area.map((corner) => ({ position: corner })) }),
    shift: toTimeWindow(getCurrentShift(document, now)),
    breaks: document.breaks.map(toTimeWindow),
  };
}

/** Converts a stored agent to its public representation. */
export function toAgent(document: AgentDocument, location: AgentLocationDocument | undefined, now: Date): Agent {
  return {
    ...toAgentFacts(document, now),
    shifts: listShifts(document).map(toTimeWindow),
    active: document.active,
    availability: toAvailability(getAvailabilityAt(document.availability, now)),
    ...(location ? { lastLocation: toAgentLocation(location) } : {}),
    revision: document.revision,
  };
}

/** Returns the availability at an instant. An agent whose absence has ended is available. */
export function getAvailabilityAt(stored: StoredAvailability, now: Date): StoredAvailability {
  return stored.until !== undefined && stored.until <= now ? { state: 'available', since: stored.until } : stored;
}

export const toAvailability = ({ state, since, until }: StoredAvailability): Availability => ({
  state,
  since: since.toISOString(),
  ...(until === undefined ? {} : { until: until.toISOString() }),
});

export const toAgentLocation = ({ position, at, accuracyM }: AgentLocationDocument): AgentLocation => ({
  position,
  at: at.toISOString(),
  ...(accuracyM === undefined ? {} : { accuracyM }),
});
