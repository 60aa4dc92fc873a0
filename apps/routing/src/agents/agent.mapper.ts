import type { Agent } from '#libs/contracts/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/agents.js';
import { toTimeWindow } from '../deliveries/delivery.mapper.js';

/** A stored agent as others see it. */
export function toAgent(document: Omit<AgentDocument, 'organizationId' | 'revision' | 'sequence'>): Agent {
  const { name, phone, position, skills, capacity, experience } = document;
  return {
    agentId: document._id,
    name,
    phone,
    position,
    skills,
    capacity,
    experience,
    shift: toTimeWindow(document.shift),
    breaks: document.breaks.map(toTimeWindow),
  };
}
