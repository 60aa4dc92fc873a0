import { invite, join, newEmail, newPassword } from '../people.js';
import { ADMIN, MEMBERS, EMPTY_REQUEST, OPERATOR, type Recipes } from './recipe.js';

const AUTH_RECIPES: Recipes = {
  login: {
    roles: 'public',
    request: async (organization) => {
      const { email, password } = await join(organization, 'partner');
      return { body: { email, password } };
    },
    foreign: 'refers to no object',
  },
  refreshSession: {
    roles: 'public',
    request: async (organization) => ({ body: { refreshToken: (await join(organization, 'partner')).refreshToken } }),
    foreign: 'refers to no object',
  },
  logout: {
    roles: 'public',
    request: async (organization) => ({ body: { refreshToken: (await join(organization, 'partner')).refreshToken } }),
    foreign: 'refers to no object',
  },
  getSelf: { roles: MEMBERS, scope: 'self:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  listOwnSessions: { roles: MEMBERS, requiresSession: true, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  revokeOwnSession: {
    roles: MEMBERS,
    requiresSession: true,
    request: async (organization, role) => ({ params: { sessionId: await organization.newSessionId(role) } }),
    foreign: 404,
  },
  revokeOwnOtherSessions: {
    roles: MEMBERS,
    requiresSession: true,
    request: EMPTY_REQUEST,
    foreign: 'refers to no object',
  },
  changePassword: {
    roles: MEMBERS,
    requiresSession: true,
    request: (organization, role) => {
      const password = organization.getPassword(role);
      return { body: { currentPassword: password, newPassword: password } };
    },
    foreign: 'refers to no object',
  },
};

const USER_RECIPES: Recipes = {
  listUsers: { roles: ADMIN, scope: 'users:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getUser: {
    roles: ADMIN,
    scope: 'users:read',
    request: ({ people }) => ({ params: { userId: people.partner.userId } }),
    foreign: 404,
  },
  updateUser: {
    roles: ADMIN,
    scope: 'users:write',
    request: async (organization) => ({
      params: { userId: (await join(organization, 'partner')).userId },
      body: { name: `Renamed ${organization.marker}` },
    }),
    foreign: 404,
  },
  listUserSessions: {
    roles: ADMIN,
    scope: 'users:write',
    request: ({ people }) => ({ params: { userId: people.partner.userId } }),
    foreign: 404,
  },
  revokeUserSessions: {
    roles: ADMIN,
    scope: 'users:write',
    request: async (organization) => ({ params: { userId: (await join(organization, 'partner')).userId } }),
    foreign: 404,
  },
  createInvitation: {
    roles: ADMIN,
    scope: 'users:write',
    request: (organization) => ({ body: { email: newEmail(organization), role: 'partner' } }),
    // A caller cannot grant permissions that it lacks: this scope alone cannot invite a partner.
    keyStatus: 403,
    foreign: 'refers to no object',
  },
  listInvitations: { roles: ADMIN, scope: 'users:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  withdrawInvitation: {
    roles: ADMIN,
    scope: 'users:write',
    request: async (organization) => ({
      params: { invitationId: (await invite(organization, 'partner')).invitationId },
    }),
    foreign: 404,
  },
  acceptInvitation: {
    roles: 'public',
    request: async (organization) => {
      const { token } = await invite(organization, 'partner');
      return { body: { token, name: `Person ${organization.marker}`, password: newPassword() } };
    },
    foreign: 'refers to no object',
  },
};

const API_KEY_RECIPES: Recipes = {
  createApiKey: {
    roles: ADMIN,
    scope: 'api-keys:write',
    // A key cannot grant more than it has.
    request: ({ marker }) => ({ body: { label: `shop of ${marker}`, scopes: ['api-keys:write'] } }),
    foreign: 'refers to no object',
  },
  listApiKeys: { roles: ADMIN, scope: 'api-keys:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getApiKey: {
    roles: ADMIN,
    scope: 'api-keys:read',
    request: async (organization) => ({ params: { keyId: (await organization.newKey(['api-keys:write'])).keyId } }),
    foreign: 404,
  },
  rotateApiKey: {
    roles: ADMIN,
    scope: 'api-keys:write',
    request: async (organization) => ({
      params: { keyId: (await organization.newKey(['api-keys:write'])).keyId },
      body: {},
    }),
    foreign: 404,
  },
  revokeApiKey: {
    roles: ADMIN,
    scope: 'api-keys:write',
    request: async (organization) => ({ params: { keyId: (await organization.newKey(['api-keys:write'])).keyId } }),
    foreign: 404,
  },
};

const ORGANIZATION_RECIPES: Recipes = {
  createOrganization: {
    roles: OPERATOR,
    request: ({ marker, place }) => ({ body: { name: `Branch of ${marker}`, zone: place.zone } }),
    foreign: 'refers to no object',
  },
  listOrganizations: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getOrganization: {
    roles: MEMBERS,
    scope: 'organization:read',
    request: ({ organizationId }) => ({ params: { organizationId } }),
    foreign: 404,
  },
  updateOrganization: {
    roles: ADMIN,
    scope: 'organization:write',
    request: ({ organizationId }) => ({ params: { organizationId }, body: { maxAttemptsPerDelivery: 4 } }),
    foreign: 404,
  },
  listAuditLog: { roles: ADMIN, scope: 'audit:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
};

export const IDENTITY_RECIPES: Recipes = {
  ...AUTH_RECIPES,
  ...USER_RECIPES,
  ...API_KEY_RECIPES,
  ...ORGANIZATION_RECIPES,
};
