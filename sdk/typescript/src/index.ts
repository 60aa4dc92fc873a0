export * from './generated.js';
export { TextBody, type CallOptions, type ClientOptions } from './http-client.js';
export { ConnectionError, ProblemError, type ProblemBody } from './problem-error.js';
export { readWebhook, WebhookSignatureError, type Webhook } from './webhooks.js';
