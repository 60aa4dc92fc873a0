// Configures the HTTP server itself: limits, headers, and replies to malformed input, for which no request exists.
// Exports only functions, no providers.

export { answerUnsupportedMethods } from './unsupported-methods.js';
export { problemServerOptions } from './problem-server-options.js';
export { registerProtection, createRequestIdGenerator, serverLimits } from './protection.js';
export { securityHeaders } from './security-headers.js';
