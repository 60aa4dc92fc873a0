// The HTTP server before any operation: its limits, its headers, its answers to what is not a request. Functions,
// nothing to inject.

export { answerOtherMethods } from './other-methods.js';
export { problemAnswers } from './problem-answers.js';
export { protect, requestIds, serverLimits } from './protection.js';
export { securityHeaders } from './security-headers.js';
