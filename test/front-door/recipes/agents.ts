import { hoursFromNow } from '../organization-fixture.js';
import { ADMIN, AGENT, MANAGERS, EMPTY_REQUEST, type Recipes } from './recipe.js';

/** Operations on agents, for managers and for the signed-in agent. */
export const AGENT_RECIPES: Recipes = {
  createAgent: {
    roles: MANAGERS,
    scope: 'agents:write',
    request: (organization) => ({ body: organization.agentInput() }),
    foreign: 'refers to no object',
  },
  listAgents: { roles: MANAGERS, scope: 'agents:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getAgent: {
    roles: MANAGERS,
    scope: 'agents:read',
    request: ({ completed }) => ({ params: { agentId: completed.agentId } }),
    foreign: 404,
  },
  getAgentPerformance: {
    roles: MANAGERS,
    scope: 'agents:read',
    request: ({ completed }) => ({ params: { agentId: completed.agentId } }),
    foreign: 404,
  },
  updateAgent: {
    roles: MANAGERS,
    scope: 'agents:write',
    request: async (organization) => ({
      params: { agentId: await organization.newAgent() },
      body: { experience: 0.6 },
    }),
    foreign: 404,
  },
  putAgentShift: {
    roles: MANAGERS,
    scope: 'agents:write',
    request: async (organization) => ({
      params: { agentId: await organization.newAgent() },
      body: { shifts: [{ start: hoursFromNow(1), end: hoursFromNow(8) }] },
    }),
    foreign: 404,
  },
  putAgentLocation: {
    roles: MANAGERS,
    scope: 'agents:write',
    request: async (organization) => ({
      params: { agentId: await organization.newAgent() },
      body: { position: [...organization.place.position] },
    }),
    foreign: 404,
  },
  putAgentAvailability: {
    roles: MANAGERS,
    scope: 'agents:write',
    request: async (organization) => ({
      params: { agentId: await organization.newAgent() },
      body: { state: 'on_break' },
    }),
    foreign: 404,
  },
  deactivateAgent: {
    roles: MANAGERS,
    scope: 'agents:write',
    request: async (organization) => ({ params: { agentId: await organization.newAgent() } }),
    foreign: 404,
  },
  issueAgentToken: {
    roles: ADMIN,
    scope: 'agent-tokens:create',
    request: ({ completed }) => ({ params: { agentId: completed.agentId } }),
    foreign: 404,
  },
  updateOwnLocation: {
    roles: AGENT,
    request: (organization) => ({ body: { position: [...organization.place.position] } }),
    foreign: 'refers to no object',
  },
  updateOwnAvailability: {
    roles: AGENT,
    request: () => ({ body: { state: 'available' } }),
    foreign: 'refers to no object',
  },
};
