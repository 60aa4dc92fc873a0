// Configures the HTTP server itself: limits, headers, and replies to input that never becomes a request. Only
// functions, no providers.

export { answerUnsupportedMethods as answerOtherMethods } from './unsupported-methods.js';
export { problemServerOptions as problemAnswers } from './problem-server-options.js';
export { registerProtection as protect, createRequestIdGenerator as requestIds, serverLimits } from './protection.js';
export { securityHeaders } from './security-headers.js';
