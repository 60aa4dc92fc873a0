import { AGENT, EMPTY_REQUEST, type Recipes } from './recipe.js';

/** Operations of the signed-in agent on assigned deliveries. */
export const WORK_RECIPES: Recipes = {
  getOwnDay: { roles: AGENT, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  reportOwnDeliveryStatus: {
    roles: AGENT,
    request: ({ completed }) => ({
      params: { deliveryId: completed.deliveryId },
      body: { status: 'out_for_delivery' },
    }),
    foreign: 404,
  },
  declineOwnDelivery: {
    roles: AGENT,
    request: async (organization) => ({
      params: { deliveryId: await organization.newAssignedDelivery() },
      body: { reason: 'too_far' },
    }),
    foreign: 404,
  },
  reportOwnProblem: {
    roles: AGENT,
    request: ({ completed, marker }) => ({
      params: { deliveryId: completed.deliveryId },
      body: { kind: 'other', text: `The gate of ${marker} is locked.` },
    }),
    foreign: 404,
  },
};
