// Configures the HTTP server itself: limits, headers, and replies to input that never becomes a request. Only
// functions, no providers.

export { answerOtherMethods } from './other-methods.js';
export { problemAnswers } from './problem-answers.js';
export { protect, requestIds, serverLimits } from './protection.js';
export { securityHeaders } from './security-headers.js';
