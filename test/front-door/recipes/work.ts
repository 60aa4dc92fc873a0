import { AGENT, NOTHING, type Recipes } from './recipe.js';

/** What agents do with their deliveries. */
export const WORK_RECIPES: Recipes = {
  getOwnDay: { roles: AGENT, request: NOTHING, foreign: 'names nothing' },
  reportOwnDeliveryStatus: {
    roles: AGENT,
    request: ({ lived }) => ({ params: { deliveryId: lived.deliveryId }, body: { status: 'out_for_delivery' } }),
    foreign: 404,
  },
  declineOwnDelivery: {
    roles: AGENT,
    request: async (organization) => ({
      params: { deliveryId: await organization.newDeliveryInHand() },
      body: { reason: 'too_far' },
    }),
    foreign: 404,
  },
  reportOwnProblem: {
    roles: AGENT,
    request: ({ lived, marker }) => ({
      params: { deliveryId: lived.deliveryId },
      body: { kind: 'other', text: `The gate of ${marker} is locked.` },
    }),
    foreign: 404,
  },
};
