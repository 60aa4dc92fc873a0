import { MANAGERS, type Recipes } from './recipe.js';

/** How routing would decide, and what is decided by hand. */
export const PLANNING_RECIPES: Recipes = {
  previewAssignment: {
    roles: MANAGERS,
    scope: 'routing:read',
    request: () => ({ body: {} }),
    foreign: 'names nothing',
  },
  commitAssignment: {
    roles: MANAGERS,
    scope: 'routing:write',
    request: async (house) => ({ body: { planId: (await house.make('POST', '/v1/routing/previews', {}))['planId'] } }),
    foreign: 'names nothing',
  },
  getCallTiming: {
    roles: MANAGERS,
    scope: 'routing:read',
    request: ({ lived }) => ({ params: { customerId: lived.customerId } }),
    foreign: 404,
  },
};
