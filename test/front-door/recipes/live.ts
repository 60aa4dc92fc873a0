import { AGENT, MANAGERS, EMPTY_REQUEST, PARTNERS, type Recipes } from './recipe.js';

export const LIVE_RECIPES: Recipes = {
  listOwnInbox: { roles: AGENT, request: EMPTY_REQUEST, foreign: 'refers to no object' },
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
    foreign: 'refers to no object',
  },
  listOwnDevices: { roles: AGENT, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  removeOwnDevice: {
    roles: AGENT,
    request: async (organization) => ({ params: { deviceId: await organization.newDevice() } }),
    foreign: 404,
  },
  publishAnnouncement: {
    roles: MANAGERS,
    scope: 'announcements:write',
    request: ({ marker }) => ({ body: { text: `The depot of ${marker} closes early.` } }),
    foreign: 'refers to no object',
  },
  listAnnouncements: {
    roles: MANAGERS,
    scope: 'announcements:write',
    request: EMPTY_REQUEST,
    foreign: 'refers to no object',
  },
  listOwnAnnouncements: { roles: AGENT, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  confirmOwnAnnouncements: { roles: AGENT, request: () => ({ body: { upTo: 1 } }), foreign: 'refers to no object' },
  createWebhookEndpoint: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:write',
    request: (organization) => ({ body: organization.webhookEndpointInput() }),
    foreign: 'refers to no object',
  },
  listWebhookEndpoints: {
    roles: PARTNERS,
    scope: 'webhook-endpoints:read',
    request: EMPTY_REQUEST,
    foreign: 'refers to no object',
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
