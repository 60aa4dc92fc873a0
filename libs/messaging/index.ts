export { CONSUMER_STATES, ConsumerLags, type ConsumerLag, type ConsumerState } from './events/consumer-lags.js';
export {
  DEAD_LETTER_REASONS,
  DeadLetters,
  type DeadLetter,
  type DeadLetterQuery,
  type DeadLetterReason,
} from './events/dead-letters.js';
export {
  OnEvent,
  OnEvents,
  OnRpc,
  type EventContext,
  type EventHandlerOptions,
  type QueryContext,
  type CommandContext,
} from './handlers/handlers.js';
export { connectMessaging, MessagingModule } from './messaging.module.js';
export { NatsLink } from './link/nats-link.js';
export type { MessagingObserver } from './options/observer.js';
export { DEFAULT_TUNING, type MessagingModuleOptions, type MessagingTuning } from './options/options.js';
export { OutboxRelay } from './outbox/outbox-relay.js';
export { RpcClient, type CallOptions } from './rpc/rpc-client.js';
export { JetStreamStrategy } from './strategy.js';
