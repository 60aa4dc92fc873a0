// The documentation pages. Functions, nothing to inject.

export { readWrittenPages, serveDocs } from './serve-docs.js';
