export * from './erasure-report.js';
export * from './instructions.js';
export * from './languages.js';
export * from './time-window.js';
