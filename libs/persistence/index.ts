export { trusted } from 'mongoose';
export * from './aggregate-repository.js';
export * from './lease.js';
export * from './mongo-errors.js';
export * from './organization-id.js';
export * from './outbox-row.js';
export * from './persistence.module.js';
export * from './tenant-repository.js';
export * from './transaction.js';
