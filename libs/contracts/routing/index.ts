export * from './agent.js';
export * from './customer.js';
export * from './delivery-agent.js';
export * from './delivery.js';
export * from './delivery-change-events.js';
export * from './delivery-changes.js';
export * from './events.js';
export * from './own-work.js';
