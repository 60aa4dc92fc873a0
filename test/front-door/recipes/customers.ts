import { ADMIN, EMPTY_REQUEST, OFFICE, type Recipes } from './recipe.js';

/** Customers and their preferences. */
export const CUSTOMER_RECIPES: Recipes = {
  putCustomer: {
    roles: OFFICE,
    scope: 'customers:write',
    request: (organization) => ({ body: organization.customerInput() }),
    foreign: 'refers to no object',
  },
  listCustomers: { roles: OFFICE, scope: 'customers:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getCustomer: {
    roles: OFFICE,
    scope: 'customers:read',
    request: ({ completed }) => ({ params: { customerId: completed.customerId } }),
    foreign: 404,
  },
  updateCustomer: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (organization) => ({
      params: { customerId: await organization.newCustomer() },
      body: { address: `2 ${organization.marker} Street` },
    }),
    foreign: 404,
  },
  getCustomerPreferences: {
    roles: OFFICE,
    scope: 'customers:read',
    request: ({ completed }) => ({ params: { customerId: completed.customerId } }),
    foreign: 404,
  },
  putCustomerPreferences: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (organization) => ({
      params: { customerId: await organization.newCustomer() },
      body: { notes: organization.marker },
    }),
    foreign: 404,
  },
  deleteCustomerPreference: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (organization) => {
      const customerId = await organization.newCustomer();
      await organization.requestAsAdmin('PUT', `/v1/customers/${customerId}/preferences`, {
        notes: organization.marker,
      });
      return { params: { customerId, field: 'notes' } };
    },
    foreign: 404,
  },
  getCustomerConsent: {
    roles: OFFICE,
    scope: 'customers:read',
    request: ({ completed }) => ({ params: { customerId: completed.customerId } }),
    foreign: 404,
  },
  putCustomerConsent: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (organization) => ({
      params: { customerId: await organization.newCustomer() },
      body: { legalBasis: 'delivery_notice', source: 'partner' },
    }),
    foreign: 404,
  },
  putDoNotCall: {
    roles: OFFICE,
    scope: 'customers:write',
    request: async (organization) => ({
      params: { customerId: await organization.newCustomer() },
      body: { doNotCall: true, reason: `asked ${organization.marker}`, source: 'partner' },
    }),
    foreign: 404,
  },
  exportCustomer: {
    roles: ADMIN,
    scope: 'customers:export',
    request: ({ completed }) => ({ params: { customerId: completed.customerId } }),
    foreign: 404,
  },
  eraseCustomer: {
    roles: ADMIN,
    scope: 'customers:erase',
    request: async (organization) => ({ params: { customerId: await organization.newCustomer() } }),
    foreign: 404,
  },
  getErasure: {
    roles: ADMIN,
    scope: 'customers:erase',
    request: async (organization) => {
      const customerId = await organization.newCustomer();
      const { erasureId } = await organization.requestAsAdmin('POST', `/v1/customers/${customerId}/erasure`);
      return { params: { customerId, erasureId: String(erasureId) } };
    },
    foreign: 404,
  },
};
