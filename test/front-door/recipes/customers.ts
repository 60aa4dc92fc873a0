import { ADMIN, NOTHING, OFFICE, type Recipes } from './recipe.js';

/** What customers are, and what they want. */
export const CUSTOMER_RECIPES: Recipes = {
  putCustomer: {
    roles: OFFICE,
    scope: 'customers:write',
    request: (house) => ({ body: house.customerInput() }),
    foreign: 'names nothing',
  },
  listCustomers: { roles: OFFICE, scope: 'customers:read', request: NOTHING, foreign: 'names nothing' },
  getCustomer: {
    roles: OFFICE,
    scope: 'customers:read',
    request: ({ lived }) => ({ params: { customerId: lived.customerId } }),
    foreign: 404,
  },
  updateCustomer: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (house) => ({
      params: { customerId: await house.newCustomer() },
      body: { address: `2 ${house.marker} Street` },
    }),
    foreign: 404,
  },
  getCustomerPreferences: {
    roles: OFFICE,
    scope: 'customers:read',
    request: ({ lived }) => ({ params: { customerId: lived.customerId } }),
    foreign: 404,
  },
  putCustomerPreferences: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (house) => ({ params: { customerId: await house.newCustomer() }, body: { notes: house.marker } }),
    foreign: 404,
  },
  deleteCustomerPreference: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (house) => {
      const customerId = await house.newCustomer();
      await house.make('PUT', `/v1/customers/${customerId}/preferences`, { notes: house.marker });
      return { params: { customerId, field: 'notes' } };
    },
    foreign: 404,
  },
  getCustomerConsent: {
    roles: OFFICE,
    scope: 'customers:read',
    request: ({ lived }) => ({ params: { customerId: lived.customerId } }),
    foreign: 404,
  },
  putCustomerConsent: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (house) => ({
      params: { customerId: await house.newCustomer() },
      body: { legalBasis: 'delivery_notice', source: 'partner' },
    }),
    foreign: 404,
  },
  putDoNotCall: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (house) => ({
      params: { customerId: await house.newCustomer() },
      body: { doNotCall: true, reason: `asked ${house.marker}`, source: 'partner' },
    }),
    foreign: 404,
  },
  exportCustomer: {
    roles: ADMIN,
    scope: 'customers:export',
    request: ({ lived }) => ({ params: { customerId: lived.customerId } }),
    foreign: 404,
  },
  eraseCustomer: {
    roles: ADMIN,
    scope: 'customers:erase',
    request: async (house) => ({ params: { customerId: await house.newCustomer() } }),
    foreign: 404,
  },
  getErasure: {
    roles: ADMIN,
    scope: 'customers:erase',
    request: async (house) => {
      const customerId = await house.newCustomer();
      const { erasureId } = await house.make('POST', `/v1/customers/${customerId}/erasure`);
      return { params: { customerId, erasureId: String(erasureId) } };
    },
    foreign: 404,
  },
};
