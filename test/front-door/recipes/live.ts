import { AGENT, MANAGERS, EMPTY_REQUEST, PARTNERS, type Recipes } from './recipe.js';

export const LIVE_RECIPES: Recipes = {
  listOwnInbox: { roles: AGENT, request: EMPTY_REQUEST, foreign: 'names nothing' },
  acknowledgeMessage: {
    roles: AGENT,
    request: ({ completed }) => ({ params: { messageId: completed.messageId } }),
    foreign: 404,
  },
  reportMessageListened: {
    roles: AGENT,
    request: ({ completed }) => ({ params: { messageId: completed.messageId } }),
    foreign: 404,
  },
  registerPushSubscription: {
    roles: AGENT,
    request: (organization) => ({ body: organization.pushSubscription() }),
    foreign: 'names nothing',
  },
  listOwnDevices: { roles: AGENT, request: EMPTY_REQUEST, foreign: 'names nothing' },
  removeOwnDevice: {
    roles: AGENT,
    request: async (organization) => ({ params: { deviceId: await organization.newDevice() } }),
    foreign: 404,
  },
  publishAnnouncement: {
    roles: MANAGERS,
    scope: 'announcements:write',
    request: ({ marker }) => ({ body: { text: `The depot of ${marker} closes early.` } }),
    foreign: 'names nothing',
  },
  listAnnouncements: {
    roles: MANAGERS,
    scope: 'announcements:write',
    request: EMPTY_REQUEST,
    foreign: 'names nothing',
  },
  listOwnAnnouncements: { roles: AGENT, request: EMPTY_REQUEST, foreign: 'names nothing' },
  confirmOwnAnnouncements: { roles: AGENT, request: () => ({ body: { upTo: 1 } }), foreign: 'names nothing' },
  createWebhookEndpoint: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:write',
    request: (organization) => ({ body: organization.webhookEndpointInput() }),
    foreign: 'names nothing',
  },
  listWebhookEndpoints: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:read',
    request: EMPTY_REQUEST,
    foreign: 'names nothing',
  },
  getWebhookEndpoint: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:read',
    request: async (organization) => ({ params: { endpointId: await organization.newWebhookEndpoint() } }),
    foreign: 404,
  },
  updateWebhookEndpoint: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:write',
    request: async (organization) => ({
      params: { endpointId: await organization.newWebhookEndpoint() },
      body: organization.webhookEndpointInput(),
    }),
    foreign: 404,
  },
  deleteWebhookEndpoint: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:write',
    request: async (organization) => ({ params: { endpointId: await organization.newWebhookEndpoint() } }),
    foreign: 404,
  },
  rotateWebhookSecret: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:write',
    request: async (organization) => ({ params: { endpointId: await organization.newWebhookEndpoint() }, body: {} }),
    foreign: 404,
  },
  listWebhookDeliveries: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:read',
    request: ({ completed }) => ({ params: { endpointId: completed.endpointId } }),
    foreign: 404,
  },
  replayWebhookDelivery: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:write',
    request: async (organization) => ({
      params: { endpointId: organization.completed.endpointId, webhookId: await organization.waitForSettledWebhook() },
    }),
    foreign: 404,
  },
};
