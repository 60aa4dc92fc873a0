import { AGENT, NOTHING, type Recipes } from './recipe.js';

/** What an agent does with the deliveries they have. */
export const WORK_RECIPES: Recipes = {
  getOwnDay: { roles: AGENT, request: NOTHING, foreign: 'names nothing' },
  reportOwnDeliveryStatus: {
    roles: AGENT,
    request: ({ lived }) => ({ params: { deliveryId: lived.deliveryId }, body: { status: 'out_for_delivery' } }),
    foreign: 404,
  },
  declineOwnDelivery: {
    roles: AGENT,
    request: async (house) => ({
      params: { deliveryId: await house.newDeliveryInHand() },
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
