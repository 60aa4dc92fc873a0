export * from './agents.js';
export * from './calls.js';
export * from './insights.js';
export * from './queries.js';
export * from './span.js';
export * from './customer-erasure.js';
