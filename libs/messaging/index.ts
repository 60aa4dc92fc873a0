export { ConsumerLags, type ConsumerLag } from './consumer-lags.js';
export { DeadLetters, type DeadLetter, type DeadLetterQuery, type DeadLetterReason } from './dead-letters.js';
export {
  OnEvent,
  OnEvents,
  OnRpc,
  type EventContext,
  type EventHandlerOptions,
  type QueryContext,
  type RpcContext,
} from './handlers.js';
export { connectMessaging, MessagingModule } from './messaging.module.js';
export { NatsLink } from './nats-link.js';
export type { MessagingObserver } from './observer.js';
export { DEFAULT_TUNING, type MessagingModuleOptions, type MessagingTuning } from './options.js';
export { OutboxRelay } from './outbox-relay.js';
export { RpcClient, type CallOptions } from './rpc-client.js';
export { JetStreamStrategy } from './strategy.js';
