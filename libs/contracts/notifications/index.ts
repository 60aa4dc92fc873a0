export * from './announcements.js';
export * from './channels.js';
export * from './partner-webhooks.js';
export * from './inbox.js';
export * from './webhook-endpoints.js';
export * from './customer-erasure.js';
