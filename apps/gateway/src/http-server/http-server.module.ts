// Configures the HTTP server itself: limits, headers, and responses to input that is not a valid HTTP request.
// Exports only functions, no providers.

export { respondToUnsupportedMethods } from './unsupported-methods.js';
export { problemServerOptions } from './problem-server-options.js';
export { registerProtection, createRequestIdGenerator, createServerLimits } from './protection.js';
export { computeSecurityHeaders } from './security-headers.js';
