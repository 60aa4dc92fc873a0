export * from './dead-letter.js';
export * from './live.js';
export * from './organization.js';
