export * from './apps.js';
export * from './errors.js';
export * from './event.js';
export * from './rpc.js';
export * from './registry.js';
