import { ContractRegistry } from '#libs/contracts/kernel/index.js';
import { NOOP_OBSERVER } from './observer.js';
import { toMessagingSettings } from './options.js';

const requiredOptions = {
  app: 'routing',
  natsUrl: 'nats://127.0.0.1:4222',
  registry: new ContractRegistry([], []),
} as const;

it('accepts the defaults', () => {
  expect(() => toMessagingSettings(requiredOptions, NOOP_OBSERVER)).not.toThrow();
});

it('rejects options that would handle an event twice or stop delivering too early, and lists all of them', () => {
  const options = { inboxRetentionDays: 40, outboxRetentionDays: 30, serverMaxDeliver: 5, batchSize: 500 };
  expect(() => toMessagingSettings({ ...requiredOptions, options }, NOOP_OBSERVER)).toThrow(
    /inboxRetentionDays[^]*serverMaxDeliver[^]*batchSize/,
  );
});
