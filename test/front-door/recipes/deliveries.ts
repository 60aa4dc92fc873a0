import { hoursFromNow } from '../organization-fixture.js';
import { MANAGERS, EMPTY_REQUEST, OFFICE, type Recipes } from './recipe.js';

export const DELIVERY_RECIPES: Recipes = {
  createDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: async (organization) => ({ body: organization.deliveryInput(await organization.newCustomer()) }),
    // The customer's id is in the body.
    foreign: 404,
  },
  listDeliveries: { roles: OFFICE, scope: 'deliveries:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getDelivery: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: ({ completed }) => ({ params: { deliveryId: completed.deliveryId } }),
    foreign: 404,
  },
  getDeliveryTimeline: {
    roles: OFFICE,
    scope: 'deliveries:read',
    request: ({ completed }) => ({ params: { deliveryId: completed.deliveryId } }),
    foreign: 404,
  },
  updateDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: async (organization) => ({
      params: { deliveryId: await organization.newDelivery() },
      body: { priority: 5 },
    }),
    foreign: 404,
  },
  cancelDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    request: async (organization) => ({
      params: { deliveryId: await organization.newDelivery() },
      body: { reason: organization.marker },
    }),
    foreign: 404,
  },
  rescheduleDelivery: {
    roles: OFFICE,
    scope: 'deliveries:write',
    // A delivery is not rescheduled while its customer is in a call; at night no call is placed.
    request: async (organization) => ({
      params: { deliveryId: await organization.newDeliveryAtNight() },
      body: { window: { start: hoursFromNow(96), end: hoursFromNow(99) } },
    }),
    foreign: 404,
  },
  reassignDelivery: {
    roles: MANAGERS,
    scope: 'deliveries:dispatch',
    request: async (organization) => ({
      params: { deliveryId: await organization.newDelivery() },
      body: { agentId: organization.completed.agentId, force: true },
    }),
    // The customer has not been called yet. The rejection with 422 instead of 403 shows that the caller has the
    // permission.
    status: 422,
    foreign: 404,
  },
  startCall: {
    roles: MANAGERS,
    scope: 'calls:write',
    request: async (organization) => ({ params: { deliveryId: await organization.newDeliveryAtNight() } }),
    // No customer is called at night, regardless of the caller.
    status: 422,
    foreign: 404,
  },
};
