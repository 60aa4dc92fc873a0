export * from './channels.js';
export * from './inbox.js';
