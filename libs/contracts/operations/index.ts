export * from './report.js';
export * from './queries.js';
