export * from './field-metadata.js';
export * from './fields.js';
export * from './formats.js';
export * from './parse.js';
export { toUnknownFieldIssue } from './reading.js';
export * from './time-zones.js';
