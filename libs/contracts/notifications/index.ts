export * from './channels.js';
export * from './partner-webhooks.js';
export * from './inbox.js';
