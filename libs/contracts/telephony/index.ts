export * from './call.js';
export * from './calls.js';
export * from './message.js';
export * from './recording.js';
export * from './customer-erasure.js';
export * from './conversation-turn.js';
