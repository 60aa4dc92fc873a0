// Configures the HTTP server itself: limits, headers, and replies to input that never becomes a request. Only
// functions, no providers.

export { answerUnsupportedMethods } from './unsupported-methods.js';
export { problemServerOptions } from './problem-server-options.js';
export { registerProtection, createRequestIdGenerator, serverLimits } from './protection.js';
export { securityHeaders } from './security-headers.js';
