import { inHours } from '../house.js';
import { MANAGERS, NOTHING, OFFICE, type Recipes } from './recipe.js';

export const DELIVERY_RECIPES: Recipes = {
  createDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: async (house) => ({ body: house.deliveryInput(await house.newCustomer()) }),
    // The customer's id is in the body.
    foreign: 404,
  },
  listDeliveries: { roles: OFFICE, scope: 'deliveries:read', request: NOTHING, foreign: 'names nothing' },
  getDelivery: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: ({ lived }) => ({ params: { deliveryId: lived.deliveryId } }),
    foreign: 404,
  },
  getDeliveryTimeline: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: ({ lived }) => ({ params: { deliveryId: lived.deliveryId } }),
    foreign: 404,
  },
  updateDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: async (house) => ({ params: { deliveryId: await house.newDelivery() }, body: { priority: 5 } }),
    foreign: 404,
  },
  cancelDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: async (house) => ({ params: { deliveryId: await house.newDelivery() }, body: { reason: house.marker } }),
    foreign: 404,
  },
  rescheduleDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    // While a customer is in a call their delivery is not moved: this one is not called now.
    request: async (house) => ({
      params: { deliveryId: await house.newDeliveryAtNight() },
      body: { window: { start: inHours(96), end: inHours(99) } },
    }),
    foreign: 404,
  },
  reassignDelivery: {
    roles: MANAGERS,
    scope: 'deliveries:dispatch',
    request: async (house) => ({
      params: { deliveryId: await house.newDelivery() },
      body: { agentId: house.lived.agentId, force: true },
    }),
    // Its customer has not been called yet; that it is refused for that, and not for who asks, shows the right to ask.
    status: 422,
    foreign: 404,
  },
  startCall: {
    roles: MANAGERS,
    scope: 'calls:write',
    request: async (house) => ({ params: { deliveryId: await house.newDeliveryAtNight() } }),
    // Nobody is called at night, whoever asks.
    status: 422,
    foreign: 404,
  },
};
