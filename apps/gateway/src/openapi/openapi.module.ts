// The OpenAPI document, made of the operations. Functions, nothing to inject.

export { openApiDocument, type OpenApiDocument } from './document.js';
export { once } from './once.js';
export { registeredOperations } from './registered-operations.js';
export { serveDocument } from './serve-document.js';
