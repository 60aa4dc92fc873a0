export * from './live.js';
export * from './organization.js';
