export * from './api-key.js';
export * from './dead-letter.js';
export * from './live.js';
export * from './organization.js';
export * from './user.js';
