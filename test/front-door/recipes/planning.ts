import { MANAGERS, type Recipes } from './recipe.js';

/** Planning: previews, commits and call timing. */
export const PLANNING_RECIPES: Recipes = {
  previewAssignment: {
    roles: MANAGERS,
    scope: 'routing:read',
    request: () => ({ body: {} }),
    foreign: 'refers to no object',
  },
  commitAssignment: {
    roles: MANAGERS,
    scope: 'routing:write',
    request: async (organization) => ({
      body: { planId: (await organization.requestAsAdmin('POST', '/v1/routing/previews', {}))['planId'] },
    }),
    foreign: 'refers to no object',
  },
  getCallTiming: {
    roles: MANAGERS,
    scope: 'routing:read',
    request: ({ completed }) => ({ params: { customerId: completed.customerId } }),
    foreign: 404,
  },
};
