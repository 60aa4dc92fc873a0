export * from './events.js';
export * from './transcript.js';
export * from './review.js';
export * from './search.js';
export * from './customer-erasure.js';
