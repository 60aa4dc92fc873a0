export * from './api-key.js';
export * from './dead-letter.js';
export * from './organization.js';
export * from './user.js';
