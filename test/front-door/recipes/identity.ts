import { invite, join, newEmail, newPassword } from '../people.js';
import { ADMIN, MEMBERS, NOTHING, OPERATOR, type Recipes } from './recipe.js';

const AUTH_RECIPES: Recipes = {
  login: {
    roles: 'anybody',
    request: async (house) => {
      const { email, password } = await join(house, 'partner');
      return { body: { email, password } };
    },
    foreign: 'names nothing',
  },
  refreshSession: {
    roles: 'anybody',
    request: async (house) => ({ body: { refreshToken: (await join(house, 'partner')).refreshToken } }),
    foreign: 'names nothing',
  },
  logout: {
    roles: 'anybody',
    request: async (house) => ({ body: { refreshToken: (await join(house, 'partner')).refreshToken } }),
    foreign: 'names nothing',
  },
  getSelf: { roles: MEMBERS, scope: 'self:read', request: NOTHING, foreign: 'names nothing' },
  listOwnSessions: { roles: MEMBERS, bySessionOnly: true, request: NOTHING, foreign: 'names nothing' },
  revokeOwnSession: {
    roles: MEMBERS,
    bySessionOnly: true,
    request: async (house, role) => ({ params: { sessionId: await house.anotherSessionOf(role) } }),
    foreign: 404,
  },
  revokeOwnOtherSessions: { roles: MEMBERS, bySessionOnly: true, request: NOTHING, foreign: 'names nothing' },
  changePassword: {
    roles: MEMBERS,
    bySessionOnly: true,
    request: (house, role) => {
      const password = house.passwordOf(role);
      return { body: { currentPassword: password, newPassword: password } };
    },
    foreign: 'names nothing',
  },
};

const PEOPLE: Recipes = {
  listUsers: { roles: ADMIN, scope: 'users:read', request: NOTHING, foreign: 'names nothing' },
  getUser: {
    roles: ADMIN,
    scope: 'users:read',
    request: ({ people }) => ({ params: { userId: people.partner.userId } }),
    foreign: 404,
  },
  updateUser: {
    roles: ADMIN,
    scope: 'users:write',
    request: async (house) => ({
      params: { userId: (await join(house, 'partner')).userId },
      body: { name: `Renamed ${house.marker}` },
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
    request: async (house) => ({ params: { userId: (await join(house, 'partner')).userId } }),
    foreign: 404,
  },
  createInvitation: {
    roles: ADMIN,
    scope: 'users:write',
    request: (house) => ({ body: { email: newEmail(house), role: 'partner' } }),
    // Nobody gives away what they do not have: this scope alone makes no partner.
    keyStatus: 403,
    foreign: 'names nothing',
  },
  listInvitations: { roles: ADMIN, scope: 'users:read', request: NOTHING, foreign: 'names nothing' },
  withdrawInvitation: {
    roles: ADMIN,
    scope: 'users:write',
    request: async (house) => ({ params: { invitationId: (await invite(house, 'partner')).invitationId } }),
    foreign: 404,
  },
  acceptInvitation: {
    roles: 'anybody',
    request: async (house) => {
      const { token } = await invite(house, 'partner');
      return { body: { token, name: `Person ${house.marker}`, password: newPassword() } };
    },
    foreign: 'names nothing',
  },
};

const KEYS: Recipes = {
  createApiKey: {
    roles: ADMIN,
    scope: 'api-keys:write',
    // A key gives away no more than it has.
    request: ({ marker }) => ({ body: { label: `shop of ${marker}`, scopes: ['api-keys:write'] } }),
    foreign: 'names nothing',
  },
  listApiKeys: { roles: ADMIN, scope: 'api-keys:read', request: NOTHING, foreign: 'names nothing' },
  getApiKey: {
    roles: ADMIN,
    scope: 'api-keys:read',
    request: async (house) => ({ params: { keyId: (await house.newKey(['api-keys:write'])).keyId } }),
    foreign: 404,
  },
  rotateApiKey: {
    roles: ADMIN,
    scope: 'api-keys:write',
    request: async (house) => ({ params: { keyId: (await house.newKey(['api-keys:write'])).keyId }, body: {} }),
    foreign: 404,
  },
  revokeApiKey: {
    roles: ADMIN,
    scope: 'api-keys:write',
    request: async (house) => ({ params: { keyId: (await house.newKey(['api-keys:write'])).keyId } }),
    foreign: 404,
  },
};

const ORGANIZATIONS: Recipes = {
  createOrganization: {
    roles: OPERATOR,
    request: ({ marker, place }) => ({ body: { name: `Branch of ${marker}`, zone: place.zone } }),
    foreign: 'names nothing',
  },
  listOrganizations: { roles: OPERATOR, request: NOTHING, foreign: 'names nothing' },
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
  listAuditLog: { roles: ADMIN, scope: 'audit:read', request: NOTHING, foreign: 'names nothing' },
};

export const IDENTITY_RECIPES: Recipes = { ...AUTH_RECIPES, ...PEOPLE, ...KEYS, ...ORGANIZATIONS };
